import { useTranslation } from "react-i18next";
import type { Category } from "#schema/charter";
import { useLanguage } from "../text/language.ts";
import css from "./charter-text.module.css";

/** Each category of the charter in plain words: on or off, why, how long, who reads, on what ground. */
export function CharterCategories({ categories }: { categories: readonly Category[] }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const readersOf = (category: Category) =>
    category.readers.map((reader) => t(`shell.roles.${reader}`)).join(", ");
  return (
    <ul className={css.categories}>
      {categories.map((category) => (
        <li key={category.id}>
          <p className={css.name}>
            <span className={category.on ? css.on : css.off}>
              {category.on ? t("charter.on") : t("charter.off")}
            </span>
            {t(`charter.names.${category.id}`)}
          </p>
          <p>{category.purpose[language]}</p>
          <ul className={css.facts}>
            <li>{t("charter.keptDays", { count: category.rawDays })}</li>
            <li>{t("charter.readers", { roles: readersOf(category) })}</li>
            <li>{category.optional ? t("charter.optional") : t("charter.required")}</li>
            <li>{t("charter.basis", { basis: t(`charter.bases.${category.lawfulBasis}`) })}</li>
          </ul>
        </li>
      ))}
    </ul>
  );
}
