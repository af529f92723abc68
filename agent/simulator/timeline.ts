import type { Mark, Span } from "#schema/activity";
import { demoZone, planShift } from "#schema/demo-site";
import { addDays, formatInZone, type LocalDate, localDateOf, millisecondsOf } from "#schema/time";
import { simulateDay } from "./simulate-day.ts";

/** What a workstation has recorded by the end of a stretch and had not by its start. */
export interface Recorded {
  spans: Span[];
  marks: Mark[];
}

interface TimedDay {
  spans: { start: number; end: number; span: Span }[];
  marks: { at: number; done: number; mark: Mark }[];
}

/** Days kept at hand for each person: yesterday's night shift and today's. */
const KEPT_DAYS = 3;

/**
 * The made-up life of one technician of the demonstration. The stretches one asks for may be cut anywhere: put
 * together they hold every span and mark once. A tool in front is cut where a stretch is; work is given whole, when
 * it has ended.
 */
export function createTimeline(seed: string, person: number) {
  const known = new Map<LocalDate, TimedDay>();

  function dayOf(date: LocalDate): TimedDay {
    const made = known.get(date) ?? makeDay(seed, person, date);
    known.delete(date);
    known.set(date, made);
    for (const old of known.keys()) if (known.size > KEPT_DAYS) known.delete(old);
    return made;
  }

  return {
    /** What is newly recorded in `(from, to]` (epoch ms), nothing of which started before `earliest`. */
    between(from: number, to: number, earliest = Number.NEGATIVE_INFINITY): Recorded {
      const found: Recorded = { spans: [], marks: [] };
      const last = localDateOf(to, demoZone);
      // A shift belongs to the date it starts on, and may end on the next.
      for (
        let date = addDays(localDateOf(from, demoZone), -1);
        date <= last;
        date = addDays(date, 1)
      ) {
        const day = dayOf(date);
        for (const one of day.spans) {
          const span =
            one.span.kind === "focus" ? clipFocus(one, from, to) : endedSpan(one, from, to);
          if (span && millisecondsOf(span.start) >= earliest) found.spans.push(span);
        }
        for (const { at, done, mark } of day.marks)
          if (done > from && done <= to && at >= earliest) found.marks.push(mark);
      }
      return found;
    },
  };
}
export type Timeline = ReturnType<typeof createTimeline>;

function endedSpan(
  { end, span }: TimedDay["spans"][number],
  from: number,
  to: number,
): Span | null {
  return end > from && end <= to ? span : null;
}

function clipFocus(
  { start, end, span }: TimedDay["spans"][number],
  from: number,
  to: number,
): Span | null {
  if (end <= from || start >= to) return null;
  if (start >= from && end <= to) return span;
  const { truncated, ...rest } = span;
  return {
    ...rest,
    ...(truncated && end <= to ? { truncated } : {}),
    start: start >= from ? span.start : formatInZone(from, demoZone),
    end: end <= to ? span.end : formatInZone(to, demoZone),
  };
}

function makeDay(seed: string, person: number, date: LocalDate): TimedDay {
  const shift = planShift(person, date);
  if (!shift) return { spans: [], marks: [] };
  const { spans, marks } = simulateDay({ seed, person, date, zone: demoZone, shift });
  return {
    spans: spans.map((span) => ({
      start: millisecondsOf(span.start),
      end: millisecondsOf(span.end),
      span,
    })),
    marks: marks.map((mark) => ({
      at: millisecondsOf(mark.at),
      done: millisecondsOf(mark.until ?? mark.at),
      mark,
    })),
  };
}
