import { useTranslation } from "react-i18next";
import type { Day } from "#schema/day";
import { useLiveState } from "../../../api/live-connection.tsx";
import { useLanguage } from "../../../text/language.ts";
import type { DayFigures } from "../../../view/day-figures.ts";
import { formatDate, formatDuration } from "../../../view/format.ts";
import css from "./day.module.css";
import { DayWalk } from "./day-walk.tsx";

/** What rounds to no minute is said in words: a sentence does not begin with a sign. */
const HALF_A_MINUTE = 30_000;

interface DayHeaderProps {
  day: Day;
  figures: DayFigures;
  now: number;
  empty: boolean;
}

/** Which day this is, the way to others, and the finding in one sentence. */
export function DayHeader({ day, figures, now, empty }: DayHeaderProps) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const breaks = t("day.breaks", { count: figures.breaks });
  const say = (time: number) =>
    time > 0 && time < HALF_A_MINUTE ? t("day.underAMinute") : formatDuration(time);
  const recorded = say(figures.recorded);
  const summary =
    figures.contactTime > 0
      ? t("day.summary", { contact: say(figures.contactTime), recorded, breaks })
      : t("day.summaryNoContact", { recorded, breaks });
  return (
    <header className={css.header}>
      <div className={css.headline}>
        <h1 className={css.date}>{formatDate(day.date, language)}</h1>
        <DayWalk day={day} now={now} />
        <LiveLight />
      </div>
      <p className={css.summary}>{empty ? t("day.summaryEmpty") : summary}</p>
      <p className={css.zone}>{t("day.zone", { zone: day.zone })}</p>
    </header>
  );
}

/** Whether the page follows the store right now. */
function LiveLight() {
  const { t } = useTranslation();
  const state = useLiveState();
  return (
    <p
      className={css.live}
      data-state={state}
      role="status"
      title={t(state === "live" ? "day.liveHint" : "day.reconnectingHint")}
    >
      <span className={css.light} aria-hidden="true" />
      {t(`day.${state}`)}
    </p>
  );
}
