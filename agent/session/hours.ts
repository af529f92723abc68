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

/**
 * What is asked for: yesterday (a shift may have begun then) and two weeks to come, as long as events wait here for a
 * site that is away. In two questions: one may cover 8 days.
 */
export function hoursWindows(now: number): { from: number; to: number }[] {
  const middle = now + 7 * DAY_MS;
  return [
    { from: now - DAY_MS, to: middle },
    { from: middle, to: middle + 8 * DAY_MS },
  ];
}

/** The shift under way, and the next one; half-open, in epoch ms. */
export function placeInHours(known: Hours, now: number) {
  const shifts = listShifts(known);
  return {
    current: shifts.find(({ start, end }) => start <= now && now < end) ?? null,
    next: shifts.find(({ start }) => start > now) ?? null,
  };
}

/** When the shift ends in which that moment lies, or which ended then; null when there is none. */
export function endOfShift(known: Hours, at: number): number | null {
  return listShifts(known).find(({ start, end }) => start < at && at <= end)?.end ?? null;
}

function listShifts(known: Hours): { start: number; end: number }[] {
  return known.shifts
    .map(({ start, end }) => ({ start: millisecondsOf(start), end: millisecondsOf(end) }))
    .sort((a, b) => a.start - b.start);
}
