import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Status } from "#agent/control/messages";
import { type Section, sections } from "../view/section.ts";
import css from "./section-links.module.css";

/** The way between the parts of the page; how much waits is said beside its name. */
export function SectionLinks({ section, status }: { section: Section; status: Status }) {
  const { t } = useTranslation();
  const waiting = status.waiting.held + status.waiting.batchEvents;
  return (
    <nav className={css.links} aria-label={t("page.sections")}>
      {sections.map((entry) => (
        <a key={entry} href={`#${entry}`} aria-current={entry === section ? "page" : undefined}>
          {t(`page.nav.${entry}`)}
          {entry === "waiting" && waiting > 0 && (
            <span className={css.count} aria-hidden="true">
              {waiting}
            </span>
          )}
        </a>
      ))}
    </nav>
  );
}

/** The heading of a part; whoever goes there by keyboard or hears the page starts at it. */
export function SectionHeading({ section, text }: { section: Section; text: string }) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (location.hash === `#${section}`) heading.current?.focus({ preventScroll: true });
  }, [section]);
  return (
    <div className={css.heading}>
      <h2 ref={heading} tabIndex={-1}>
        {t(`page.nav.${section}`)}
      </h2>
      <p>{text}</p>
    </div>
  );
}
