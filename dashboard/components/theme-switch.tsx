import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { recall, remember } from "./remember.ts";
import css from "./switch.module.css";

type Theme = "light" | "dark" | "system";

const icons: Record<Theme, ReactNode> = {
  light: (
    <>
      <circle cx="8" cy="8" r="3" />
      <path d="M8 1v2M8 13v2M1 8h2M13 8h2M3 3l1.4 1.4M11.6 11.6 13 13M13 3l-1.4 1.4M4.4 11.6 3 13" />
    </>
  ),
  dark: <path d="M13.5 9.7A6 6 0 0 1 6.3 2.5a6 6 0 1 0 7.2 7.2Z" />,
  system: <path d="M2 3h12v8H2zM5.5 14h5M8 11v3" />,
};

/** Light, dark, or as the system has it; remembered on this machine. */
export function ThemeSwitch() {
  const { t } = useTranslation();
  const [theme, setTheme] = useState<Theme>(() => readTheme(recall("theme")));
  const choose = (next: Theme) => {
    setTheme(next);
    remember("theme", next === "system" ? null : next);
    if (next === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
  };
  return (
    <fieldset className={css.switch}>
      <legend className="visually-hidden">{t("shell.theme")}</legend>
      {(["light", "dark", "system"] as const).map((entry) => (
        <button
          key={entry}
          type="button"
          aria-label={t(`shell.themes.${entry}`)}
          title={t(`shell.themes.${entry}`)}
          aria-pressed={theme === entry}
          onClick={() => choose(entry)}
        >
          <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
            {icons[entry]}
          </svg>
        </button>
      ))}
    </fieldset>
  );
}

function readTheme(stored: string | null): Theme {
  return stored === "light" || stored === "dark" ? stored : "system";
}
