import { useTranslation } from "react-i18next";
import type { Status } from "#agent/control/messages";
import { SectionHeading } from "../components/section-links.tsx";
import { Categories } from "./categories.tsx";
import { Hours } from "./hours.tsx";
import css from "./recorded.module.css";
import { Senses } from "./senses.tsx";

/** What is recorded, by what, and when. */
export function RecordedSection({ status }: { status: Status }) {
  const { t } = useTranslation();
  return (
    <>
      <SectionHeading section="recorded" text={t("recorded.text")} />
      <div className={css.columns}>
        <Categories status={status} />
        <div className={css.column}>
          <Hours status={status} />
          <Senses status={status} />
        </div>
      </div>
    </>
  );
}
