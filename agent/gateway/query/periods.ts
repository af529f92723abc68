import { shareData } from "../redacted-data.ts";
import type { QueryEvent } from "./value.ts";

const endOf = ({ start, duration }: QueryEvent) => start + duration;
const byStart = (a: QueryEvent, b: QueryEvent) => a.start - b.start;

/**
 * The parts of events that lie within others, as ActivityWatch's `filter_period_intersect`: windows while somebody was
 * there. Those others do not overlap one another.
 */
export function intersectPeriods(
  events: readonly QueryEvent[],
  others: readonly QueryEvent[],
): QueryEvent[] {
  const frames = others.toSorted(byStart);
  const parts: QueryEvent[] = [];
  let first = 0;
  for (const event of events.toSorted(byStart)) {
    // Events come in order of their start, so that frames that ended before this one never matter again.
    for (let frame = frames[first]; frame && endOf(frame) <= event.start; frame = frames[first])
      first += 1;
    for (const frame of frames.slice(first)) {
      if (frame.start >= endOf(event)) break;
      const start = Math.max(event.start, frame.start);
      const duration = Math.min(endOf(event), endOf(frame)) - start;
      if (duration > 0) parts.push({ ...event, start, duration });
    }
  }
  return parts;
}

/** The time that either list covers, as stretches that neither touch nor say anything: `period_union`. */
export function unitePeriods(
  some: readonly QueryEvent[],
  others: readonly QueryEvent[],
): QueryEvent[] {
  const united: QueryEvent[] = [];
  for (const { start, duration } of [...some, ...others].sort(byStart)) {
    const last = united.at(-1);
    if (last && start <= endOf(last))
      last.duration = Math.max(endOf(last), start + duration) - last.start;
    else united.push({ start, duration, data: shareData({}) });
  }
  return united;
}
