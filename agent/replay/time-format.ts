import { z } from "zod";
import { instantOfWallClock, localDate } from "#schema/time";

const fields: Record<string, string> = {
  yyyy: "(?<year>\\d{4})",
  yy: "(?<shortYear>\\d{2})",
  MM: "(?<month>\\d{2})",
  M: "(?<month>\\d{1,2})",
  dd: "(?<day>\\d{2})",
  d: "(?<day>\\d{1,2})",
  HH: "(?<hour>\\d{2})",
  H: "(?<hour>\\d{1,2})",
  hh: "(?<hour>\\d{2})",
  h: "(?<hour>\\d{1,2})",
  mm: "(?<minute>\\d{2})",
  m: "(?<minute>\\d{1,2})",
  ss: "(?<second>\\d{2})",
  s: "(?<second>\\d{1,2})",
  SSS: "(?<milli>\\d{3})",
  a: "(?<half>[AaPp][Mm])",
};
const fieldNames = /yyyy|yy|MM|M|dd|d|HH|H|hh|h|mm|m|ss|s|SSS|a/g;
const named = ["iso", "epoch-seconds", "epoch-milliseconds"];

/** `iso`, `epoch-seconds`, `epoch-milliseconds`, or a pattern such as `dd/MM/yyyy HH:mm:ss`. */
export const timeFormat = z
  .string()
  .max(60)
  .refine((format) => named.includes(format) || isDatePattern(format), {
    error:
      "expected iso, epoch-seconds, epoch-milliseconds, or a pattern with year, month, day and hour of " +
      "yyyy yy MM M dd d HH H hh h mm m ss s SSS a, each at most once, such as dd/MM/yyyy HH:mm:ss",
  });

/** Reads one time; null when the text is not of the format. */
export type TimeReader = (text: string, zone: string) => number | null;

/** Makes the reader of a format that `timeFormat` accepts. Times without an offset are the zone's wall clock. */
export function createTimeReader(format: string): TimeReader {
  if (format === "iso") return readIso;
  if (format === "epoch-seconds") return (text) => readEpoch(text, 1000);
  if (format === "epoch-milliseconds") return (text) => readEpoch(text, 1);
  const pattern = compilePattern(format);
  return (text, zone) => {
    const groups = pattern.exec(text.trim())?.groups;
    return groups ? instantOf(groups, zone) : null;
  };
}

/** Epoch ms of a calendar date and time given in parts, as clocks in the zone show it; null when there is no such date or time. */
function instantOf(parts: Record<string, string | undefined>, zone: string): number | null {
  const number = (name: string) => Number(parts[name] ?? "0");
  const year = parts.year ?? String(expandYear(number("shortYear")));
  const pad = (name: string) => (parts[name] ?? "").padStart(2, "0");
  const date = localDate.safeParse(`${year}-${pad("month")}-${pad("day")}`);
  const hour = hourOf(number("hour"), parts.half);
  const minute = number("minute");
  const second = number("second");
  if (!date.success || hour === null || hour > 23 || minute > 59 || second > 59) return null;
  return instantOfWallClock({ date: date.data, hour, minute, second }, zone) + number("milli");
}

/** Two digits of a year: 70 to 99 are of the last century. */
export function expandYear(short: number): number {
  return short < 70 ? 2000 + short : 1900 + short;
}

function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
}

const isoTime =
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})[T ](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<milli>\d{1,9}))?)?(?<offset>Z|[+-]\d{2}:?\d{2})?$/;

function readIso(text: string, zone: string): number | null {
  const groups = isoTime.exec(text.trim())?.groups;
  if (!groups) return null;
  const { offset, milli, ...parts } = groups;
  const wall = instantOf(
    { ...parts, milli: (milli ?? "0").padEnd(3, "0").slice(0, 3) },
    offset === undefined ? zone : "UTC",
  );
  if (wall === null || offset === undefined || offset === "Z") return wall;
  const sign = offset.startsWith("-") ? -1 : 1;
  return wall - sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2))) * 60_000;
}

function readEpoch(text: string, unit: number): number | null {
  return /^\d{1,16}(\.\d{1,9})?$/.test(text.trim()) ? Math.round(Number(text) * unit) : null;
}

function isDatePattern(format: string): boolean {
  const used = format.match(fieldNames) ?? [];
  const groups = used.map((name) => /<(\w+)>/.exec(fields[name] ?? "")?.[1] ?? "");
  const has = (name: string) => groups.includes(name);
  return (
    new Set(groups).size === groups.length &&
    has("year") !== has("shortYear") &&
    has("month") &&
    has("day") &&
    has("hour") &&
    used.some((name) => name.startsWith("h")) === has("half")
  );
}

function compilePattern(format: string): RegExp {
  let source = "";
  let at = 0;
  for (const match of format.matchAll(fieldNames)) {
    source += escapeLiteral(format.slice(at, match.index)) + (fields[match[0]] ?? "");
    at = match.index + match[0].length;
  }
  return new RegExp(`^${source}${escapeLiteral(format.slice(at))}$`);
}

function escapeLiteral(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
