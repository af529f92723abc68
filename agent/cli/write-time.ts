import { formatInZone, millisecondsOf, type Timestamp } from "#schema/time";
import type { Today } from "./read-time.ts";

const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** `14:30`, or `Mon 2026-03-02 14:30` on another day than today, as the clocks of this machine show it. */
export function writeClock(time: Timestamp, today: Today): string {
  return writeTo(16, time, today);
}

/** The same with seconds, `14:30:07`. */
export function writeExactClock(time: Timestamp, today: Today): string {
  return writeTo(19, time, today);
}

function writeTo(end: number, time: Timestamp, { now, zone }: Today): string {
  const local = formatInZone(millisecondsOf(time), zone);
  const [date, clock] = [local.slice(0, 10), local.slice(11, end)];
  if (date === formatInZone(now, zone).slice(0, 10)) return clock;
  return `${weekdays[new Date(`${date}T00:00:00.000Z`).getUTCDay()] ?? ""} ${date} ${clock}`;
}

/** `1 batch`, `3 batches`. */
export function writeCount(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `812 B`, `3.1 kB`. */
export function writeBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
