import type { WorkKind } from "#schema/activity";
import { clipTo, lengthOf, unionOf } from "#schema/intervals";
import { coverageOf, observedTime, timeOn } from "#schema/presence";
import type { Interval } from "#schema/time";
import type { WorkloadBin } from "#schema/workload";
import { listedKinds } from "./kinds.ts";
import { findMissingTime, type MissingStretch } from "./missing-time.ts";
import type { TimedDay } from "./timed-day.ts";

export interface KindTotal {
  kind: WorkKind;
  /** Milliseconds; time that overlaps within the kind counts once. */
  time: number;
  count: number;
}

/** What one day adds up to. Durations are milliseconds, coverage a share. */
export interface DayFigures {
  contactTime: number;
  contacts: number;
  recorded: number;
  breakTime: number;
  breaks: number;
  coverage: number | null;
  planned: boolean;
  missing: MissingStretch[];
  totals: KindTotal[];
}

/** Adds up a day as far as it has come at `now` (epoch ms). */
export function figuresOf(day: TimedDay, now: number): DayFigures {
  const window = { start: day.whole.start, end: Math.min(day.whole.end, Math.max(now, 0)) };
  const breaks = unionOf(
    clipTo(
      day.whole,
      day.work.filter((span) => span.kind === "break"),
    ),
  );
  const totals = listedKinds
    .map((kind) => ({
      kind,
      time: timeOn([kind], day.work, day.whole),
      count: day.work.filter((span) => span.kind === kind).length,
    }))
    .filter((total) => total.count > 0);
  return {
    contactTime: timeOn(["contact"], day.work, day.whole),
    contacts: totals.find((total) => total.kind === "contact")?.count ?? 0,
    recorded: lengthOf(observedTime(day.work, day.whole)),
    breakTime: lengthOf(breaks),
    breaks: breaks.length,
    coverage: coverageOf(day.work, day.shifts, window),
    planned: day.shifts.length > 0,
    missing: findMissingTime(day, now),
    totals,
  };
}

export interface BusiestHour extends Interval {
  /** Milliseconds on contacts and after-contact work in that hour. */
  time: number;
}

/** The hour, starting on a quarter, that held most contact and after-contact time; undefined without any. */
export function findBusiestHour(bins: readonly WorkloadBin[]): BusiestHour | undefined {
  let best: BusiestHour | undefined;
  for (let index = 0; index + 4 <= bins.length; index += 1) {
    const four = bins.slice(index, index + 4);
    const [first, last] = [four[0], four[3]];
    if (!first || !last) continue;
    const time = four.reduce(
      (sum, bin) => sum + (bin.contact + bin.acw) * (bin.end - bin.start),
      0,
    );
    if (time > 0 && (!best || time > best.time)) best = { start: first.start, end: last.end, time };
  }
  return best;
}
