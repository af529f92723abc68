import type { SpanKind, StoredMark, StoredSpan } from "#schema/activity";
import type { Day } from "#schema/day";
import { clipTo } from "#schema/intervals";
import type { TimedSpan } from "#schema/presence";
import { type Interval, millisecondsOf } from "#schema/time";

/** A span of the day in epoch ms, uncut, with a key that stays the same from one drawing to the next. */
export interface DaySpan extends TimedSpan {
  key: string;
  kind: SpanKind;
}

export interface DayMark {
  key: string;
  kind: StoredMark["kind"];
  at: number;
  label?: string | undefined;
  until?: number | undefined;
  due?: number | undefined;
}

/** A day with its times as epoch ms, in order, ready to be measured and drawn. */
export interface TimedDay {
  zone: string;
  whole: Interval;
  spans: DaySpan[];
  work: DaySpan[];
  tools: DaySpan[];
  marks: DayMark[];
  shifts: Interval[];
  plannedBreaks: Interval[];
}

/** Reads the times of a day once. What reaches beyond midnight keeps its true times; drawing cuts it. */
export function timeDay(day: Day): TimedDay {
  const whole = { start: millisecondsOf(day.from), end: millisecondsOf(day.to) };
  const spans = day.spans.map(timeSpan).sort((a, b) => a.start - b.start || a.end - b.end);
  const interval = (period: { start: string; end: string }) => ({
    start: millisecondsOf(period.start),
    end: millisecondsOf(period.end),
  });
  return {
    zone: day.zone,
    whole,
    spans,
    work: spans.filter((span) => span.kind !== "focus"),
    tools: spans.filter((span) => span.kind === "focus"),
    marks: day.marks.map(timeMark).sort((a, b) => a.at - b.at),
    shifts: clipTo(whole, day.schedule.map(interval)),
    plannedBreaks: clipTo(
      whole,
      day.schedule.flatMap((shift) => shift.breaks.map(interval)),
    ),
  };
}

function timeSpan(span: StoredSpan, index: number): DaySpan {
  return {
    key: span.id ?? `${span.kind}-${span.start}-${index}`,
    kind: span.kind,
    label: span.label,
    start: millisecondsOf(span.start),
    end: millisecondsOf(span.end),
  };
}

function timeMark(mark: StoredMark, index: number): DayMark {
  return {
    key: mark.id ?? `${mark.kind}-${mark.at}-${index}`,
    kind: mark.kind,
    at: millisecondsOf(mark.at),
    label: mark.label,
    until: mark.until === undefined ? undefined : millisecondsOf(mark.until),
    due: mark.due === undefined ? undefined : millisecondsOf(mark.due),
  };
}
