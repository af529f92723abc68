import { useTranslation } from "react-i18next";
import css from "./loading.module.css";

/** Grey blocks where content will be; says once that it is loading. */
export function Loading({ blocks = 3 }: { blocks?: number }) {
  const { t } = useTranslation();
  return (
    <div className={css.skeleton} role="status">
      <span className="visually-hidden">{t("shell.loading")}</span>
      <div className={css.title} />
      {Array.from({ length: blocks }, (_, index) => index).map((block) => (
        <div key={block} className={css.block} />
      ))}
    </div>
  );
}
