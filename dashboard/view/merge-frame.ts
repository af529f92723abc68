import type { Day } from "#schema/day";
import type { ActivityFrame } from "#schema/live";
import { millisecondsOf } from "#schema/time";

/**
 * The day with what a live frame adds to it: spans that overlap the day and marks inside it, each event once however
 * often it arrives. Gives the same object back when the frame adds nothing, so that nothing is drawn again.
 */
export function mergeFrame(day: Day, frame: ActivityFrame): Day {
  const from = millisecondsOf(day.from);
  const to = millisecondsOf(day.to);
  const spans = frame.spans.filter((span) => {
    const start = millisecondsOf(span.start);
    const end = millisecondsOf(span.end);
    return start < to && (end > from || start >= from);
  });
  const marks = frame.marks.filter((mark) => {
    const at = millisecondsOf(mark.at);
    return at >= from && at < to;
  });
  const allSpans = addById(day.spans, spans);
  const allMarks = addById(day.marks, marks);
  if (allSpans === day.spans && allMarks === day.marks) return day;
  return {
    ...day,
    spans: allSpans,
    marks: allMarks,
    firstDate: day.firstDate !== null && day.firstDate < day.date ? day.firstDate : day.date,
    lastDate: day.lastDate !== null && day.lastDate > day.date ? day.lastDate : day.date,
  };
}

/** Events without identity cannot be told from a legal duplicate, so they are kept as they come. */
function addById<Event extends { id?: string | undefined }>(
  held: Event[],
  arrived: readonly Event[],
): Event[] {
  const known = new Set(held.map((event) => event.id));
  const fresh = arrived.filter((event) => {
    if (event.id === undefined) return true;
    if (known.has(event.id)) return false;
    known.add(event.id);
    return true;
  });
  return fresh.length === 0 ? held : [...held, ...fresh];
}
