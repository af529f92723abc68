import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import type { Day } from "#schema/day";
import { addDays, localDateOf } from "#schema/time";
import css from "./day.module.css";

/** Previous day, today, next day; with the arrow keys too while nothing else has the focus. */
export function DayWalk({ day, now }: { day: Day; now: number }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const today = localDateOf(now, day.zone);
  const pathOf = (date: string) => (date === today ? "/day" : `/day/${date}`);
  const previous = pathOf(addDays(day.date, -1));
  const next = day.date < today ? pathOf(addDays(day.date, 1)) : null;

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const free =
        event.target === document.body || event.target === document.querySelector("main");
      if (!free || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "ArrowLeft") navigate(previous);
      if (event.key === "ArrowRight" && next) navigate(next);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [navigate, previous, next]);

  return (
    <nav className={css.walk} aria-label={t("shell.pages.day")} title={t("day.keys")}>
      <Link href={previous} aria-label={t("day.previous")}>
        <Arrow path="M10 3 5 8l5 5" />
      </Link>
      <Link href="/day" aria-current={day.date === today ? "date" : undefined}>
        {t("day.today")}
      </Link>
      {next ? (
        <Link href={next} aria-label={t("day.next")}>
          <Arrow path="m6 3 5 5-5 5" />
        </Link>
      ) : (
        <span className={css.walkEnd} aria-hidden="true">
          <Arrow path="m6 3 5 5-5 5" />
        </span>
      )}
    </nav>
  );
}

function Arrow({ path }: { path: string }) {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path
        d={path}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
