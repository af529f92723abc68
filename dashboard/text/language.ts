import { createInstance, type i18n } from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import { remember } from "../components/remember.ts";
import type { Language } from "../view/format.ts";
import { catalogue as en } from "./en/catalogue.ts";
import { catalogue as fr } from "./fr/catalogue.ts";

export const languages: readonly Language[] = ["en", "fr"];

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

/** The first of these language tags that is one of ours, else English. */
export function chooseLanguage(tags: readonly string[]): Language {
  for (const tag of tags) {
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
      remember("language", language);
      document.documentElement.lang = language;
      void texts.changeLanguage(language);
    },
  };
}
