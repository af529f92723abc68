import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { useSession } from "../api/session.ts";
import { useEndpoint } from "../api/use-endpoint.ts";
import { entryPages } from "../routes.ts";
import { AccountMenu } from "./account-menu.tsx";
import { LanguageSwitch } from "./language-switch.tsx";
import { Logo } from "./logo.tsx";
import { Navigation } from "./navigation.tsx";
import css from "./shell.module.css";
import { ThemeSwitch } from "./theme-switch.tsx";

/** What surrounds every page: banner, header, navigation, and the one main region. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { account } = useSession();
  const main = useRef<HTMLElement>(null);
  useFocusOnNewPage(main);
  return (
    <>
      <a className={css.skip} href="#content">
        {t("shell.skip")}
      </a>
      <SiteBanner />
      <header className={css.header}>
        <div className={css.bar}>
          <Link className={css.brand} href={account ? entryPages[account.role] : "/"}>
            <Logo />
            <span>{t("shell.product")}</span>
          </Link>
          {account && <Navigation role={account.role} />}
          <div className={css.tools}>
            <LanguageSwitch />
            <ThemeSwitch />
            {account && <AccountMenu account={account} />}
          </div>
        </div>
      </header>
      <main id="content" ref={main} tabIndex={-1} className={css.main}>
        {children}
      </main>
    </>
  );
}

/** Says on every page that what is shown is simulated or replayed. */
function SiteBanner() {
  const { t } = useTranslation();
  const site = useEndpoint("readSite", {});
  const mode = site.data?.mode;
  if (mode !== "demo" && mode !== "replay") return null;
  return (
    <aside className={css.banner} aria-label={t(`shell.${mode}`)}>
      <p>{t(`shell.${mode}`)}</p>
    </aside>
  );
}

/** After a change of page the keyboard and the screen reader start at its top; walking between days is no such change. */
function useFocusOnNewPage(main: React.RefObject<HTMLElement | null>): void {
  const [path] = useLocation();
  const page = path.startsWith("/day") ? "/day" : path;
  const before = useRef(page);
  useEffect(() => {
    if (before.current === page) return;
    before.current = page;
    main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [page, main]);
}
