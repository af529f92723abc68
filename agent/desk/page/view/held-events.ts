import type { Held, HeldEvent } from "#agent/control/held";
import { type Mark, mark, type Span, span, type Tally, tally } from "#schema/activity";
import { type Interval, millisecondsOf, type Timestamp } from "#schema/time";

const TALLY_MS = 300_000;

/** What happened, read from an event that waits here; `other` when this page does not know its form. */
export type Happening =
  | { type: "span"; span: Span }
  | { type: "mark"; mark: Mark }
  | { type: "tally"; tally: Tally }
  | { type: "other"; text: string };

/** Where an event waits: not sealed yet, in a sealed batch, or in one that is on its way. */
export interface Place {
  kind: "open" | "sealed" | "sent";
  seq?: number;
}

/** An event that waits here, ready to be listed. */
export interface WaitingEvent {
  id: string;
  place: Place;
  /** When it may leave, while it is not sealed. */
  readyAt: Timestamp | null;
  happening: Happening;
}

/** All that waits, newest first. */
export function listWaiting(held: Held): WaitingEvent[] {
  const open = held.open.map((event) => readHeld(event, { kind: "open" }));
  const sealed = held.batches.flatMap(({ sent, seq, contents }) =>
    contents.map((event) => readHeld(event, { kind: sent ? "sent" : "sealed", seq })),
  );
  return [...sealed, ...open].sort((a, b) => intervalOf(b).start - intervalOf(a).start);
}

function readHeld({ id, type, event, readyAt }: HeldEvent, place: Place): WaitingEvent {
  return { id, place, readyAt, happening: readHappening(type, event) };
}

function readHappening(type: HeldEvent["type"], event: HeldEvent["event"]): Happening {
  const asSpan = type === "span" ? span.safeParse(event) : undefined;
  if (asSpan?.success) return { type: "span", span: asSpan.data };
  const asMark = type === "mark" ? mark.safeParse(event) : undefined;
  if (asMark?.success) return { type: "mark", mark: asMark.data };
  const asTally = type === "tally" ? tally.safeParse(event) : undefined;
  if (asTally?.success) return { type: "tally", tally: asTally.data };
  return { type: "other", text: JSON.stringify(event) };
}

/** When it begins and ends, as written; a mark ends when it begins. */
export function timesOf({ happening }: WaitingEvent): { start: Timestamp; end?: Timestamp } | null {
  switch (happening.type) {
    case "span":
      return { start: happening.span.start, end: happening.span.end };
    case "mark":
      return { start: happening.mark.at };
    case "tally":
      return { start: happening.tally.start };
    case "other":
      return null;
  }
}

/** Epoch ms; a tally covers its five minutes. What this page cannot read lies nowhere. */
function intervalOf(event: WaitingEvent): Interval {
  const times = timesOf(event);
  if (!times) return { start: 0, end: 0 };
  const start = millisecondsOf(times.start);
  if (event.happening.type === "tally") return { start, end: start + TALLY_MS };
  return { start, end: times.end ? millisecondsOf(times.end) : start };
}

export interface DeletionPreview {
  /** Gone whole. */
  whole: WaitingEvent[];
  /** Of which a part is gone. */
  cut: WaitingEvent[];
  /** Sent already, so they stay. */
  sent: WaitingEvent[];
  /** Something is under way in that stretch: it begins anew after it. */
  underWay: boolean;
  /** More waits than was looked at. */
  isPartial: boolean;
}

/** What deleting the stretch `[from, to)` would do to what waits. */
export function previewDeletion(held: Held, from: Timestamp, to: Timestamp): DeletionPreview {
  const window = { start: millisecondsOf(from), end: millisecondsOf(to) };
  const touched = listWaiting(held).flatMap((event) => {
    const effect = effectOn(event, window);
    return effect === null ? [] : [{ event, effect }];
  });
  const isSent = ({ event }: { event: WaitingEvent }) => event.place.kind === "sent";
  const here = touched.filter((entry) => !isSent(entry));
  const eventsWith = (effect: "whole" | "cut") =>
    here.filter((entry) => entry.effect === effect).map(({ event }) => event);
  return {
    whole: eventsWith("whole"),
    cut: eventsWith("cut"),
    sent: touched.filter(isSent).map(({ event }) => event),
    underWay: held.underWay.some(({ start }) => millisecondsOf(start) < window.end),
    isPartial: held.truncated,
  };
}

/** As the outbox cuts: a span keeps what lies outside, a mark that lasts into the stretch its beginning, counts go whole. */
function effectOn(event: WaitingEvent, window: Interval): "whole" | "cut" | null {
  const { start, end } = intervalOf(event);
  const { happening } = event;
  const beginsInside = start >= window.start && start < window.end;
  switch (happening.type) {
    case "span": {
      if (start === end) return beginsInside ? "whole" : null;
      if (start >= window.end || end <= window.start) return null;
      return start >= window.start && end <= window.end ? "whole" : "cut";
    }
    case "mark": {
      if (beginsInside) return "whole";
      const { until } = happening.mark;
      const lastsInto =
        until !== undefined && start < window.start && millisecondsOf(until) > window.start;
      return lastsInto ? "cut" : null;
    }
    case "tally":
      return start < window.end && end > window.start ? "whole" : null;
    case "other":
      return null;
  }
}
