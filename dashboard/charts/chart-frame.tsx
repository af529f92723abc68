import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import css from "./chart-frame.module.css";

interface ChartFrameProps {
  /** States the finding, not the subject. */
  title: string;
  summary: string;
  legend?: ReactNode;
  table: () => ReactNode;
  /** Shown in place of the chart when there is nothing to draw. */
  empty?: string | undefined;
  children: ReactNode;
}

/** Around every chart: what it shows in words, its legend, and the same content as a table. */
export function ChartFrame({ title, summary, legend, table, empty, children }: ChartFrameProps) {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  return (
    <section className={css.frame} aria-labelledby={id}>
      <header className={css.head}>
        <div className={css.words}>
          <h2 id={id}>{title}</h2>
          <p>{empty ?? summary}</p>
        </div>
        {empty === undefined && (
          <Button small onClick={() => setAsTable(!asTable)}>
            {asTable ? t("day.asChart") : t("day.asTable")}
          </Button>
        )}
      </header>
      {empty === undefined && (
        <>
          {asTable ? table() : children}
          {!asTable && legend}
        </>
      )}
    </section>
  );
}
