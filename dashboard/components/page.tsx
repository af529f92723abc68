import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import css from "./page.module.css";

interface PageProps {
  title: string;
  text?: string;
  narrow?: boolean;
  children: ReactNode;
}

/** The heading of a page and its content; names the browser's tab too. */
export function Page({ title, text, narrow = false, children }: PageProps) {
  usePageTitle(title);
  return (
    <div className={narrow ? `${css.page} ${css.narrow ?? ""}` : css.page}>
      <header className={css.head}>
        <h1>{title}</h1>
        {text && <p className={css.text}>{text}</p>}
      </header>
      {children}
    </div>
  );
}

/** Names the browser's tab after the page. */
export function usePageTitle(title: string): void {
  const { t } = useTranslation();
  const product = t("shell.product");
  useEffect(() => {
    document.title = `${title} · ${product}`;
  }, [title, product]);
}
