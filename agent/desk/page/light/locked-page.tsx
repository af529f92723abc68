import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Header } from "../components/header.tsx";
import { Notice } from "../components/notice.tsx";
import css from "./locked-page.module.css";

/** What a browser sees that was not let in. @param problem the code of what went wrong with its link, or null */
export function LockedPage({ problem }: { problem: string | null }) {
  const { t } = useTranslation();
  const title = t("page.locked.title");
  useEffect(() => {
    document.title = `${title} · ${t("page.product")}`;
  }, [title, t]);
  return (
    <>
      <Header status={null} />
      <main className={css.locked}>
        <h1>{title}</h1>
        {problem === "ticket-spent" && (
          <Notice tone="problem">
            <p>{t("page.locked.spent")}</p>
          </Notice>
        )}
        {problem === "wait" && (
          <Notice tone="problem">
            <p>{t("page.locked.wait")}</p>
          </Notice>
        )}
        <p>{t("page.locked.text")}</p>
        <pre>
          <code>etabli desk</code>
        </pre>
        <p className={css.note}>{t("page.locked.note")}</p>
      </main>
    </>
  );
}
