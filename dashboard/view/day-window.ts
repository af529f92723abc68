import type { Interval } from "#schema/time";
import type { TimedDay } from "./timed-day.ts";

export const HOUR_MS = 3_600_000;

/**
 * The whole hours of the day worth drawing: all that is planned, recorded or marked, and now when it is this day.
 * With nothing at all, 8 to 18 o'clock.
 */
export function windowOf(day: TimedDay, now: number): Interval {
  const points = [
    ...day.spans.flatMap((span) => [span.start, span.end]),
    ...day.shifts.flatMap((shift) => [shift.start, shift.end]),
    ...day.marks.map((mark) => mark.at),
  ];
  if (points.length === 0)
    points.push(day.whole.start + 8 * HOUR_MS, day.whole.start + 18 * HOUR_MS);
  if (now >= day.whole.start && now < day.whole.end) points.push(now);
  const hour = (time: number) => (time - day.whole.start) / HOUR_MS;
  const first = Math.floor(hour(Math.min(...points)));
  const last = Math.ceil(hour(Math.max(...points)));
  const start = Math.max(day.whole.start, day.whole.start + first * HOUR_MS);
  const end = Math.min(day.whole.end, day.whole.start + last * HOUR_MS);
  return { start, end: Math.max(end, start + HOUR_MS) };
}

/** The full hours inside a window that starts on one, both ends included. */
export function hoursOf(window: Interval): number[] {
  const hours: number[] = [];
  for (let time = window.start; time <= window.end; time += HOUR_MS) hours.push(time);
  return hours;
}
