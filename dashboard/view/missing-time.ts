import { clipTo, lengthOf, subtract } from "#schema/intervals";
import { observedTime, PRESENCE_GAP_MS } from "#schema/presence";
import type { Interval } from "#schema/time";
import type { TimedDay } from "./timed-day.ts";

/** Time planned but not recorded. `pending`: so close to now that it may still be on its way. */
export interface MissingStretch extends Interval {
  pending: boolean;
}

/** What is not older than this may still sit in the open task or the outbox of the workstation. */
const PENDING_MS = 30 * 60_000;

/**
 * The stretches of more than five minutes, up to now, that were planned and of which nothing is recorded; without a
 * schedule, those between the first and the last record. It is the time that lowers coverage, long enough to be seen.
 */
export function findMissingTime(day: TimedDay, now: number): MissingStretch[] {
  const window = { start: day.whole.start, end: Math.min(day.whole.end, now) };
  const recorded = observedTime(day.work, window);
  const expected = clipTo(window, day.shifts.length > 0 ? day.shifts : stretchOf(recorded));
  const kept = [...recorded, ...clipTo(window, day.work)];
  return subtract(expected, kept)
    .filter((piece) => piece.end - piece.start > PRESENCE_GAP_MS)
    .map((piece) => ({
      ...piece,
      pending: piece.end === now && now - piece.start <= PENDING_MS,
    }));
}

/** Length in ms of what is missing and no longer expected to come. */
export function missingLength(stretches: readonly MissingStretch[]): number {
  return lengthOf(stretches.filter((stretch) => !stretch.pending));
}

function stretchOf(recorded: readonly Interval[]): Interval[] {
  const first = recorded[0];
  const last = recorded.at(-1);
  return first && last ? [{ start: first.start, end: last.end }] : [];
}
