import { tzOffset } from "@date-fns/tz";
import { z } from "zod";

/** Before year 1 and from 16 hours off UTC on, PostgreSQL holds no time; no clock on a wall shows one either. */
const unstorable = /^0000|[+-](?:1[6-9]|2\d):\d\d$/;

/** A time on the wire: RFC 3339 with offset and milliseconds, `2026-11-25T09:30:00.000+01:00`. */
export const timestamp = z.iso
  .datetime({ offset: true, precision: 3 })
  .refine((time) => !unstorable.test(time), { error: "year 0, or 16 hours and more off UTC" });
export type Timestamp = z.infer<typeof timestamp>;

/** A calendar day in some zone, `2026-11-25`. */
export const localDate = z.iso.date();
export type LocalDate = z.infer<typeof localDate>;

/** An IANA time zone this machine knows, `Europe/Paris`. */
export const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, { error: "not a known IANA time zone, for example Europe/Paris" });

/** A day of 24 hours, in milliseconds. */
export const DAY_MS = 86_400_000;

/** A half-open interval `[start, end)` in epoch milliseconds. */
export interface Interval {
  start: number;
  end: number;
}

/** Whether the runtime knows the IANA zone of that name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Epoch milliseconds of a timestamp. Each event is asked several times on its way in: `Date.parse` takes twice as long. */
export function millisecondsOf(time: Timestamp): number {
  const year = twoDigits(time, 0) * 100 + twoDigits(time, 2);
  const asIfUtc = Date.UTC(
    year,
    twoDigits(time, 5) - 1,
    twoDigits(time, 8),
    twoDigits(time, 11),
    twoDigits(time, 14),
    twoDigits(time, 17),
    twoDigits(time, 20) * 10 + digit(time, 22),
  );
  // `Date.UTC` takes the years 0 to 99 for those of the last century.
  if (year < 100 || Number.isNaN(asIfUtc)) return Date.parse(time);
  return asIfUtc - offsetMinutesOf(time) * 60_000;
}

/** Offset from UTC in minutes as the timestamp carries it: `+01:00` gives 60, `Z` gives 0. */
export function offsetMinutesOf(time: Timestamp): number {
  if (time.endsWith("Z")) return 0;
  const hours = time.length - 5;
  const size = twoDigits(time, hours) * 60 + twoDigits(time, hours + 3);
  return time[hours - 1] === "-" && size > 0 ? -size : size;
}

function twoDigits(text: string, at: number): number {
  return digit(text, at) * 10 + digit(text, at + 1);
}

function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - 48;
  return value >= 0 && value <= 9 ? value : Number.NaN;
}

/** Offset from UTC in whole minutes that the zone keeps at that instant. */
export function zoneOffsetMinutes(zone: string, at: number): number {
  return Math.round(tzOffset(zone, new Date(at)));
}

/** The timestamp of an instant (epoch ms), written with the given offset in minutes. */
export function formatTimestamp(at: number, offsetMinutes: number): Timestamp {
  const local = new Date(at + offsetMinutes * 60_000).toISOString().slice(0, -1);
  if (offsetMinutes === 0) return `${local}+00:00`;
  const size = Math.abs(offsetMinutes);
  const hours = String(Math.floor(size / 60)).padStart(2, "0");
  const minutes = String(size % 60).padStart(2, "0");
  return `${local}${offsetMinutes < 0 ? "-" : "+"}${hours}:${minutes}`;
}

/** The timestamp of an instant (epoch ms) as clocks in that zone show it. */
export function formatInZone(at: number, zone: string): Timestamp {
  return formatTimestamp(at, zoneOffsetMinutes(zone, at));
}

/**
 * Epoch ms of a wall-clock time in a zone. A time the spring change skips is read with the offset before the
 * change; a time that occurs twice in autumn is the first of the two.
 */
export function instantOfWallClock(
  wall: { date: LocalDate; hour: number; minute: number; second?: number },
  zone: string,
): number {
  const asIfUtc =
    Date.parse(`${wall.date}T00:00:00.000Z`) +
    ((wall.hour * 60 + wall.minute) * 60 + (wall.second ?? 0)) * 1000;
  const before = zoneOffsetMinutes(zone, asIfUtc - DAY_MS);
  const guess = asIfUtc - before * 60_000;
  if (zoneOffsetMinutes(zone, guess) === before) return guess;
  const after = zoneOffsetMinutes(zone, asIfUtc + DAY_MS);
  const second = asIfUtc - after * 60_000;
  return zoneOffsetMinutes(zone, second) === after ? second : guess;
}

/** The calendar day clocks in that zone show at that instant (epoch ms). */
export function localDateOf(at: number, zone: string): LocalDate {
  return new Date(at + zoneOffsetMinutes(zone, at) * 60_000).toISOString().slice(0, 10);
}

/** The day `count` days after (or before, when negative) a local date. */
export function addDays(date: LocalDate, count: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00.000Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

/** The interval a local date covers in a zone: 23, 24 or 25 hours. */
export function dayInterval(date: LocalDate, zone: string): Interval {
  return {
    start: instantOfWallClock({ date, hour: 0, minute: 0 }, zone),
    end: instantOfWallClock({ date: addDays(date, 1), hour: 0, minute: 0 }, zone),
  };
}
