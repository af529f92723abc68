import type { Mark, Span, Tally } from "#schema/activity";
import { formatTimestamp, millisecondsOf, offsetMinutesOf } from "#schema/time";
import type { TypedEvent } from "./open-event.ts";

/** A window of time, half-open, epoch ms. */
export interface Window {
  from: number;
  to: number;
}

const BIN_MS = 300_000;

/**
 * What is left of an event when a window is taken out of it: itself, the very object, when it does not touch the
 * window; else one or two pieces, or nothing.
 */
export function cutEvent(found: TypedEvent, window: Window): TypedEvent[] {
  if (found.type === "span") {
    const left = cutSpan(found.event, window);
    if (left[0] === found.event) return [found];
    return left.map((event) => ({ type: "span", event }));
  }
  if (found.type === "mark") {
    const [event] = cutMark(found.event, window);
    if (event === found.event) return [found];
    return event ? [{ type: "mark", event }] : [];
  }
  return touchesTally(found.event, window) ? [] : [found];
}

/** A span keeps what lies before and after. A span of no length goes when it lies inside. */
function cutSpan(span: Span, { from, to }: Window): Span[] {
  const start = millisecondsOf(span.start);
  const end = millisecondsOf(span.end);
  const isPoint = start === end;
  if (isPoint ? start < from || start >= to : end <= from || start >= to) return [span];
  const pieces: Span[] = [];
  if (start < from) {
    // Where this piece ends is known: it is the end of the whole that was not.
    const { truncated: _, ...known } = span;
    pieces.push({ ...known, end: formatTimestamp(from, offsetMinutesOf(span.start)) });
  }
  if (end > to) pieces.push({ ...span, start: formatTimestamp(to, offsetMinutesOf(span.end)) });
  return pieces;
}

/** A mark inside goes; one that lasts into the window or through it loses its end, which tells of the time inside. */
function cutMark(mark: Mark, { from, to }: Window): Mark[] {
  const at = millisecondsOf(mark.at);
  if (at >= from && at < to) return [];
  if (at >= to || mark.until === undefined || millisecondsOf(mark.until) <= from) return [mark];
  const { until: _, ...begun } = mark;
  return [begun];
}

/** Counts cannot be divided: a bin that touches the window goes whole. */
function touchesTally(tally: Tally, { from, to }: Window): boolean {
  const start = millisecondsOf(tally.start);
  return start < to && start + BIN_MS > from;
}
