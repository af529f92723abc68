import type { QueryEvent } from "./value.ts";

const GAP = 5_000_000;
const OVERLAP = 100_000;

/**
 * Closes small gaps between events, as ActivityWatch's `flood` (aw-core flood.py): neighbours at most five seconds
 * apart, or overlapping by less than a tenth of a second, are joined by the longer of the two; neighbours that say the
 * same become one, also where they overlap more. Events without length are dropped in the end.
 */
export function flood(events: readonly QueryEvent[]): QueryEvent[] {
  const result: QueryEvent[] = [];
  for (const event of events.toSorted((a, b) => a.start - b.start)) {
    const before = result.at(-1);
    if (!before || !join(before, event, result)) result.push({ ...event });
  }
  return result.filter(({ duration }) => duration > 0);
}

/** Joins an event to the one before; true when both are one now. */
function join(before: QueryEvent, event: QueryEvent, result: QueryEvent[]): boolean {
  const beforeEnd = before.start + before.duration;
  const end = event.start + event.duration;
  const gap = event.start - beforeEnd;
  const isNear = gap > -OVERLAP && gap <= GAP;
  // Data are shared objects: the same data, the same object.
  if (before.data === event.data && (isNear || gap < 0)) {
    before.duration = Math.max(beforeEnd, end) - before.start;
    return true;
  }
  if (!isNear || gap === 0) return false;
  if (before.duration >= event.duration) {
    before.duration = event.start - before.start;
    return false;
  }
  result.push({ ...event, start: beforeEnd, duration: Math.max(0, end - beforeEnd) });
  return true;
}
