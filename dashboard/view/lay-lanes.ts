import type { Interval } from "#schema/time";

/**
 * Puts overlapping intervals in lanes so that none hides another: each goes to the first lane free at its start.
 * The intervals come in order of their start. Gives the lane of each, and how many lanes there are (at least 1).
 */
export function layLanes(intervals: readonly Interval[]): { lanes: number[]; count: number } {
  const freeFrom: number[] = [];
  const lanes = intervals.map(({ start, end }) => {
    const free = freeFrom.findIndex((time) => time <= start);
    const lane = free === -1 ? freeFrom.length : free;
    freeFrom[lane] = end;
    return lane;
  });
  return { lanes, count: Math.max(1, freeFrom.length) };
}
