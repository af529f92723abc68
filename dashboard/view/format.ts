import type { LocalDate } from "#schema/time";

export type Language = "en" | "fr";

/** Between a number and its unit, so that they never part at the end of a line. */
const NO_BREAK = "\u00a0";

const tags: Record<Language, string> = { en: "en-GB", fr: "fr-FR" };

/** A duration to the minute: `3 h 12`, `48 min`, `< 1 min`; the same in both languages. */
export function formatDuration(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (milliseconds > 0 && minutes === 0) return `<${NO_BREAK}1${NO_BREAK}min`;
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes}${NO_BREAK}min`;
  return `${hours}${NO_BREAK}h${NO_BREAK}${String(minutes % 60).padStart(2, "0")}`;
}

/** A short duration to the second, for a single span: `4 min 10 s`, `35 s`; from an hour on, to the minute. */
export function formatExactDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds >= 3600) return formatDuration(milliseconds);
  const rest = `${seconds % 60}${NO_BREAK}s`;
  if (seconds < 60) return rest;
  const minutes = `${Math.floor(seconds / 60)}${NO_BREAK}min`;
  return seconds % 60 === 0 ? minutes : `${minutes} ${rest}`;
}

/** The clock in a zone: `09:05`. */
export function formatClock(at: number, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(at);
}

/** A stretch of the clock: `09:05–09:20`; within one minute just `09:05`. */
export function formatStretch(stretch: { start: number; end: number }, zone: string): string {
  const [start, end] = [formatClock(stretch.start, zone), formatClock(stretch.end, zone)];
  return start === end ? start : `${start}–${end}`;
}

/** A local date in words: `Wednesday 25 November 2026`, `mercredi 25 novembre 2026`. */
export function formatDate(date: LocalDate, language: Language): string {
  return formatDateParts(date, language, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
  });
}

/** A local date in short: `25 Nov 2026`. */
export function formatShortDate(date: LocalDate, language: Language): string {
  return formatDateParts(date, language, { day: "numeric", month: "short", year: "numeric" });
}

function formatDateParts(
  date: LocalDate,
  language: Language,
  options: Intl.DateTimeFormatOptions,
): string {
  const text = new Intl.DateTimeFormat(tags[language], { ...options, timeZone: "UTC" }).format(
    Date.parse(`${date}T00:00:00.000Z`),
  );
  return text.replace(",", "");
}

/** An instant as date and clock of this machine's own zone: `25 Nov 2026, 14:30`. */
export function formatInstant(at: string, language: Language): string {
  return new Intl.DateTimeFormat(tags[language], {
    dateStyle: "medium",
    timeStyle: "short",
  }).format(Date.parse(at));
}

/** A share as whole per cent: `82 %`. */
export function formatShare(share: number, language: Language): string {
  return new Intl.NumberFormat(tags[language], {
    style: "percent",
    maximumFractionDigits: 0,
  }).format(share);
}
