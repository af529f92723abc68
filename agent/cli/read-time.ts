import {
  addDays,
  formatInZone,
  instantOfWallClock,
  localDateOf,
  millisecondsOf,
  type Timestamp,
  timestamp,
} from "#schema/time";
import { UsageError } from "./usage-error.ts";

/** The moment at which a command line is read, and the zone whose clocks it speaks of. */
export interface Today {
  /** Epoch ms. */
  now: number;
  zone: string;
}

const wallClock = /^(\d{1,2})[:h](\d{2})$/;
const wholeTime = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d)?(?:\.(\d{1,3}))?(Z|[+-]\d\d:\d\d)$/;

/**
 * Reads `14:30`, a time of today, or a whole time with its offset.
 * @param option for the message, `--due`
 * @throws UsageError
 */
export function readMoment(text: string, option: string, today: Today): Timestamp {
  const clock = wallClock.exec(text);
  if (clock) {
    const [hour, minute] = [Number(clock[1]), Number(clock[2])];
    if (hour < 24 && minute < 60) return onDay(0, { hour, minute }, today);
  }
  const whole = wholeTime.exec(text);
  if (whole) {
    const [, start, seconds = ":00", fraction = "", offset] = whole;
    const time = timestamp.safeParse(`${start}${seconds}.${fraction.padEnd(3, "0")}${offset}`);
    if (time.success) return time.data;
  }
  const example = onDay(0, { hour: 14, minute: 30 }, today);
  throw new UsageError(`${option} takes a time of today like 14:30, or a whole one: ${example}`);
}

/** A moment that lies ahead. A clock time that has passed is not taken for tomorrow's. @throws UsageError */
export function readComing(text: string, option: string, today: Today): Timestamp {
  const time = readMoment(text, option, today);
  if (isClockTime(text) && millisecondsOf(time) <= today.now)
    throw new UsageError(
      `${option}: ${text} has passed today. Another day: ${sameClock(time, 1, today)}`,
    );
  return time;
}

/** A moment that has passed. A clock time that lies ahead is not taken for yesterday's. @throws UsageError */
export function readPast(text: string, option: string, today: Today): Timestamp {
  const time = readMoment(text, option, today);
  if (isClockTime(text) && millisecondsOf(time) > today.now)
    throw new UsageError(
      `${option}: ${text} lies ahead today. Another day: ${sameClock(time, -1, today)}`,
    );
  return time;
}

const duration = /^(?:(\d{1,4})h)?(?:(\d{1,6})m(?:in)?)?(?:(\d{1,6})s)?$/;

/**
 * Reads `5m`, `1h30m`, `90s`, or a bare number.
 * @param unit what a bare number counts
 * @returns seconds
 * @throws UsageError
 */
export function readDuration(text: string, option: string, unit: "seconds" | "minutes"): number {
  if (/^\d{1,6}$/.test(text)) return Number(text) * (unit === "minutes" ? 60 : 1);
  const parts = duration.exec(text);
  if (!parts || text === "")
    throw new UsageError(`${option} takes a length of time like 5m, 1h30m, or ${unit}.`);
  const [, hours = "0", minutes = "0", seconds = "0"] = parts;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

function isClockTime(text: string): boolean {
  return wallClock.test(text);
}

function onDay(days: number, wall: { hour: number; minute: number }, { now, zone }: Today) {
  const date = addDays(localDateOf(now, zone), days);
  return formatInZone(instantOfWallClock({ date, ...wall }, zone), zone);
}

function sameClock(time: Timestamp, days: number, today: Today): Timestamp {
  const [hour, minute] = [Number(time.slice(11, 13)), Number(time.slice(14, 16))];
  return onDay(days, { hour, minute }, today);
}
