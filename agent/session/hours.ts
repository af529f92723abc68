import { z } from "zod";
import { plannedReply } from "#schema/live";
import { DAY_MS, millisecondsOf } from "#schema/time";

/** What the site last said of the person's agreed hours, and of which window (epoch ms). */
export const hours = z.strictObject({
  ...plannedReply.shape,
  from: z.number(),
  to: z.number(),
});
export type Hours = z.infer<typeof hours>;

/** Kept in the person's folder, so that the hours are known without a server. */
export const HOURS_FILE = "hours.json";

/** Asked for at once: yesterday (a shift may have begun then) and the week to come. */
export function hoursWindow(now: number): { from: number; to: number } {
  return { from: now - DAY_MS, to: now + 7 * DAY_MS - 60_000 };
}

/** The shift under way, and the next one; half-open, in epoch ms. */
export function placeInHours(known: Hours, now: number) {
  const shifts = known.shifts
    .map(({ start, end }) => ({ start: millisecondsOf(start), end: millisecondsOf(end) }))
    .sort((a, b) => a.start - b.start);
  return {
    current: shifts.find(({ start, end }) => start <= now && now < end) ?? null,
    next: shifts.find(({ start }) => start > now) ?? null,
  };
}
