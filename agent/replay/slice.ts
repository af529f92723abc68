import { type Interval, instantOfWallClock, type LocalDate, millisecondsOf } from "#schema/time";
import type { CallLog } from "./call-log.ts";

/** Epoch ms at which a local date begins. */
export function instantOfDate(date: LocalDate, zone: string): number {
  return instantOfWallClock({ date, hour: 0, minute: 0 }, zone);
}

/** What starts in `[from, to)`; null is open. Half hours of the queue feed are whole, so bounds lie on half hours. */
export function sliceLog(log: CallLog, from: number | null, to: number | null): CallLog {
  const inside = (at: number) => (from === null || at >= from) && (to === null || at < to);
  return {
    spans: log.spans.filter((one) => inside(one.start)),
    queue: log.queue.filter((row) => inside(millisecondsOf(row.start))),
    faults: log.faults,
  };
}

/** The window the report reads: the bounds given, else from the first start to after the last one; null when empty. */
export function reportWindow(
  log: CallLog,
  from: number | null,
  to: number | null,
): Interval | null {
  if (log.spans.length === 0) return null;
  const starts = log.spans.map((one) => one.start);
  const first = starts.reduce((a, b) => Math.min(a, b));
  const last = starts.reduce((a, b) => Math.max(a, b));
  return { start: from ?? first, end: to ?? last + 1 };
}

/** The spans of each person, in order of name. */
export function groupByPerson(log: CallLog): Map<string, CallLog["spans"]> {
  const people = new Map<string, CallLog["spans"]>();
  for (const one of log.spans) {
    const own = people.get(one.person);
    if (own) own.push(one);
    else people.set(one.person, [one]);
  }
  return new Map([...people.entries()].sort(([a], [b]) => (a < b ? -1 : 1)));
}
