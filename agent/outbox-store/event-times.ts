import type { Batch } from "#schema/batch";
import { DAY_MS, millisecondsOf, offsetMinutesOf, type Timestamp } from "#schema/time";

type Timed = Pick<Batch, "sealedAt" | "spans" | "marks" | "tallies">;

/** When the local day of a time ends, epoch ms, as the clock that wrote the time saw that day. */
export function dayEndOf(time: Timestamp): number {
  const offset = offsetMinutesOf(time) * 60_000;
  return Math.floor((millisecondsOf(time) + offset) / DAY_MS + 1) * DAY_MS - offset;
}

/** The latest time a batch speaks of, epoch ms: a site whose clock is far behind it would refuse the batch. */
export function latestOf({ sealedAt, spans, marks, tallies }: Timed): number {
  const times = [
    sealedAt,
    ...spans.map(({ end }) => end),
    ...marks.flatMap(({ at, until }) => (until === undefined ? [at] : [at, until])),
    ...tallies.map(({ start }) => start),
  ];
  return times.map(millisecondsOf).reduce((a, b) => Math.max(a, b));
}

/** The end of the earliest local day a batch speaks of, epoch ms: the days raw events are kept count from there. */
export function firstDayEndOf({ sealedAt, spans, marks, tallies }: Timed): number {
  const times = [
    ...spans.map(({ start }) => start),
    ...marks.map(({ at }) => at),
    ...tallies.map(({ start }) => start),
  ];
  return (times.length === 0 ? [sealedAt] : times).map(dayEndOf).reduce((a, b) => Math.min(a, b));
}
