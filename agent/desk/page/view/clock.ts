import { formatTimestamp, millisecondsOf, offsetMinutesOf, type Timestamp } from "#schema/time";

export type Language = "en" | "fr";

const tags: Record<Language, string> = { en: "en-GB", fr: "fr-FR" };
/** Between a number and its unit, so that they never part at the end of a line. */
const NO_BREAK = "\u00a0";

/** The clock as it stood where the time was noted: `10:54`, with seconds `10:54:30`. */
export function formatClock(time: Timestamp, withSeconds = false): string {
  return time.slice(11, withSeconds ? 19 : 16);
}

/** The clock, with the day before it when that is not today: `10:54`, `Thu 26 Nov, 09:00`. */
export function formatWhen(
  time: Timestamp,
  now: Timestamp,
  language: Language,
  withSeconds = false,
): string {
  const clock = formatClock(time, withSeconds);
  if (time.slice(0, 10) === now.slice(0, 10)) return clock;
  const day = new Intl.DateTimeFormat(tags[language], {
    weekday: "short",
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });
  return `${day.format(Date.parse(`${time.slice(0, 10)}T00:00:00.000Z`)).replace(/,$/, "")}, ${clock}`;
}

/** A duration to the minute: `3 h 12`, `48 min`, `< 1 min`. */
export function formatDuration(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return `<${NO_BREAK}1${NO_BREAK}min`;
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes}${NO_BREAK}min`;
  return `${hours}${NO_BREAK}h${NO_BREAK}${String(minutes % 60).padStart(2, "0")}`;
}

/** A size: `842 bytes`, `1.4 kB`. */
export function formatSize(bytes: number, language: Language): string {
  const isSmall = bytes < 1000;
  return new Intl.NumberFormat(tags[language], {
    style: "unit",
    unit: isSmall ? "byte" : "kilobyte",
    unitDisplay: isSmall ? "long" : "short",
    maximumFractionDigits: 1,
  }).format(isSmall ? bytes : bytes / 1000);
}

/** A time as an `<input type="datetime-local">` takes it, in the offset it was noted with. */
export function toInput(time: Timestamp, withSeconds = false): string {
  return time.slice(0, withSeconds ? 19 : 16);
}

/** What was put into such an input, with the offset of `like`; null when it is not a time. */
export function fromInput(value: string, like: Timestamp): Timestamp | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)) return null;
  const offset = offsetMinutesOf(like);
  const at = Date.parse(`${value}Z`) - offset * 60_000;
  return Number.isNaN(at) ? null : formatTimestamp(at, offset);
}

/** The whole minutes around the last ten minutes before `now`. */
export function lastTenMinutes(now: Timestamp): { from: Timestamp; to: Timestamp } {
  const offset = offsetMinutesOf(now);
  const at = millisecondsOf(now);
  const end = Math.ceil(at / 60_000) * 60_000;
  const start = Math.floor((at - 600_000) / 60_000) * 60_000;
  return { from: formatTimestamp(start, offset), to: formatTimestamp(end, offset) };
}
