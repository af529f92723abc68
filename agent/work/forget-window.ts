import type { Mark } from "#schema/activity";
import type { Batch } from "#schema/batch";
import { cutEvent, type Window } from "../outbox-store/cut-event.ts";
import { listEvents, type OpenEvents, sortEvents } from "../outbox-store/open-event.ts";
import { type Declared, formatMark, type TaskUnderWay } from "./declared.ts";

/**
 * What was declared, without what the window says of it. An open mark that runs through it is recorded as it began:
 * its end would speak of the window.
 */
export function forgetDeclared(
  declared: Declared,
  { from, to }: Window,
  zone: string,
): { declared: Declared; marks: Mark[] } {
  const later = (task: TaskUnderWay) =>
    task.since >= from && task.since < to ? { ...task, since: to } : task;
  const running = declared.marks.filter(({ at }) => at < from);
  return {
    declared: {
      ...declared,
      task: declared.task && later(declared.task),
      parked: declared.parked.map(later),
      marks: declared.marks.filter(({ at }) => at >= to),
    },
    marks: running.map((mark) => formatMark(mark, zone)),
  };
}

/** Events that are on no disk yet, without the window: as the outbox does with those it has. */
export function forgetEvents(
  events: OpenEvents,
  window: Window,
): Pick<Batch, "spans" | "marks" | "tallies"> {
  return sortEvents(listEvents(events).flatMap((event) => cutEvent(event, window)));
}
