import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import type { Role } from "#schema/role";
import { navigation } from "../routes.ts";
import css from "./navigation.module.css";

/** The pages of a role. */
export function Navigation({ role }: { role: Role }) {
  const { t } = useTranslation();
  const [location] = useLocation();
  const isHere = (path: string) =>
    location === path || (path === "/day" && location.startsWith("/day/"));
  return (
    <nav className={css.navigation} aria-label={t("shell.navigation")}>
      <ul>
        {navigation[role].map(({ page, path }) => (
          <li key={path}>
            <Link href={path} aria-current={isHere(path) ? "page" : undefined}>
              {t(`shell.pages.${page}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
