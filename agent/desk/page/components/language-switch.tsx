import { useTranslation } from "react-i18next";
import { languages, useLanguage } from "../text/language.ts";
import css from "./language-switch.module.css";

/** Each language is named in itself, so that it can be found from the other. */
const names = { en: "English", fr: "Français" };

/** Changes the language at once and for the next visits. */
export function LanguageSwitch() {
  const { t } = useTranslation();
  const { language, change } = useLanguage();
  return (
    <fieldset className={css.switch}>
      <legend className="visually-hidden">{t("page.language")}</legend>
      {languages.map((entry) => (
        <button
          key={entry}
          type="button"
          lang={entry}
          title={names[entry]}
          aria-pressed={language === entry}
          onClick={() => change(entry)}
        >
          {entry.toUpperCase()}
          <span className="visually-hidden"> {names[entry]}</span>
        </button>
      ))}
    </fieldset>
  );
}
