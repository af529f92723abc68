import { createInstance, type i18n } from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import type { Language } from "../view/clock.ts";
import { catalogue as en } from "./en/catalogue.ts";
import { catalogue as fr } from "./fr/catalogue.ts";

export const languages: readonly Language[] = ["en", "fr"];
/** The dashboard's own name for it; the two pages live at different addresses and do not share it. */
const KEY = "etabli.language";

/** The texts in both languages, set to `language`. */
export function createTexts(language: Language): i18n {
  const texts = createInstance();
  void texts.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: "text",
    resources: { en: { text: en }, fr: { text: fr } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return texts;
}

/** The language chosen before, else the first of the browser's that is ours, else English. */
export function readLanguage(): Language {
  const chosen = recall();
  for (const tag of chosen === null ? navigator.languages : [chosen]) {
    const known = languages.find((language) => tag.toLowerCase().startsWith(language));
    if (known) return known;
  }
  return "en";
}

/** The language on screen, and how to change it for now and the next visits. */
export function useLanguage(): { language: Language; change: (language: Language) => void } {
  const { i18n: texts } = useTranslation();
  return {
    language: texts.language === "fr" ? "fr" : "en",
    change: (language) => {
      remember(language);
      document.documentElement.lang = language;
      void texts.changeLanguage(language);
    },
  };
}

// Where storage is switched off, the choice holds for this visit only.
function remember(language: Language): void {
  try {
    localStorage.setItem(KEY, language);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

function recall(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return null;
  }
}
