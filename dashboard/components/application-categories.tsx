import { useTranslation } from "react-i18next";
import { nameOfTool } from "../view/tool-name.ts";
import { Card } from "./card.tsx";
import css from "./charter-text.module.css";

/** The closed list of what a tool in front can be told apart into. */
export function ApplicationCategories({ categories }: { categories: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <Card title={t("charter.applications")} text={t("charter.applicationsText")}>
      <ul className={css.tags}>
        {categories.map((category) => (
          <li key={category}>{nameOfTool(category, t)}</li>
        ))}
      </ul>
      <p className={css.soft}>{t("charter.never")}</p>
    </Card>
  );
}
