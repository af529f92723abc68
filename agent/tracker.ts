import { z } from "zod";
import { MAX_SPAN_MS, type Span, source, span as spanSchema } from "#schema/activity";
import { formatInZone } from "#schema/time";

/** A wall clock this far from the steady one was set, or the machine slept. */
const CLOCK_JUMP_MS = 2_000;
/** A layer waits so long for a wall clock that was set back, rather than covering a time twice. */
const MAX_WAIT_FOR_CLOCK_MS = 60_000;
/** Two and a half heartbeats without a sign of life: the machine slept, or the agent stood still. */
const STANDSTILL_MS = 150_000;
/** A wall clock that ran ahead this far while the steady one stood still slept as well. */
const SLEEP_MS = 300_000;

const { kind, label, task, origin, allotted, scripted, complexity, waitingOn } = spanSchema.shape;

/** What a span says, apart from when. */
const content = z.strictObject({
  kind,
  label,
  task,
  origin,
  allotted,
  scripted,
  complexity,
  waitingOn,
  source,
});
export type SpanContent = z.infer<typeof content>;

/** A span that is to be under way. Another key is another span; the same key with other content amends it. */
export interface Wanted {
  key: string;
  content: SpanContent;
}

/** What is to be under way, by layer: `work` as declared, `focus`, and one for each thread of a feed. */
export type WantedLayers = Readonly<Record<string, Wanted>>;

/** A span under way; `start` in epoch ms. */
export const openSpan = z.strictObject({ key: z.string(), start: z.number(), content });
export type OpenSpan = z.infer<typeof openSpan>;

/** A moment on both clocks: epoch ms, and ms of a clock that never jumps. */
export interface Moment {
  wall: number;
  steady: number;
}

export interface Timeline {
  open: Readonly<Record<string, OpenSpan>>;
  /** The moment both clocks were last brought together. */
  anchor: Moment;
  /** The last moment the agent was seen awake. */
  seen: Moment;
  /** Where the last span of each layer ended, epoch ms. */
  ended: Readonly<Record<string, number>>;
}

/** A timeline with nothing on it yet. */
export function beginTimeline(at: Moment): Timeline {
  return { open: {}, anchor: at, seen: at, ended: {} };
}

/** Epoch ms of a moment by the steady clock, so that durations are right whatever the wall clock does. */
export function timeOf({ anchor }: Timeline, at: Moment): number {
  return anchor.wall + (at.steady - anchor.steady);
}

function hasStoodStill({ seen }: Timeline, at: Moment): boolean {
  return at.steady - seen.steady > STANDSTILL_MS;
}

/** Whether the machine slept, or the agent stood still, since it was last seen awake: what was under way is over. */
export function hasSlept(timeline: Timeline, at: Moment): boolean {
  return hasStoodStill(timeline, at) || at.wall - timeOf(timeline, at) > SLEEP_MS;
}

/**
 * Brings the timeline to a moment: spans no longer wanted end, wanted ones begin. When the wall clock was set, open
 * spans are split there; after a sleep they end, marked as cut, where the agent was last seen awake.
 * @param zone the zone whose offset the times carry
 * @param told when layers changed (epoch ms), where that was a moment ago: a telephone system may tell late
 */
export function advance(
  before: Timeline,
  wanted: WantedLayers,
  at: Moment,
  zone: string,
  told: Readonly<Record<string, number>> = {},
): { timeline: Timeline; spans: Span[] } {
  const open: Record<string, OpenSpan> = { ...before.open };
  const ended: Record<string, number> = { ...before.ended };
  const spans: Span[] = [];
  let { anchor } = before;

  const close = (layer: string, end: number, truncated = false) => {
    const span = open[layer];
    delete open[layer];
    // One that began where a clock that was set back had ended the one before is an event all the same.
    const last = span ? Math.max(end, span.start) : end;
    if (!span || (span.content.kind === "focus" && last === span.start)) return;
    ended[layer] = last;
    spans.push(makeSpan(span, last, zone, truncated));
  };
  const begin = (layer: string, { key, content }: Wanted, start: number) => {
    const last = ended[layer] ?? Number.NEGATIVE_INFINITY;
    const waits = last > start && last - start <= MAX_WAIT_FOR_CLOCK_MS;
    open[layer] = { key, content, start: waits ? last : start };
  };

  let now = timeOf(before, at);
  if (hasSlept(before, at)) {
    // The steady clock stands still while a machine sleeps: as far as it ran, somebody was there.
    const last = hasStoodStill(before, at) ? timeOf(before, before.seen) : now;
    for (const layer of Object.keys(open)) close(layer, last, true);
    anchor = at;
    now = at.wall;
  } else if (Math.abs(at.wall - now) > CLOCK_JUMP_MS) {
    const split = Object.entries(open);
    for (const [layer] of split) close(layer, now);
    anchor = at;
    now = at.wall;
    for (const [layer, span] of split) begin(layer, span, now);
  }

  for (const [layer, span] of Object.entries(open)) {
    const wish = wanted[layer];
    const end = Math.min(now, Math.max(span.start, told[layer] ?? now));
    // More than a day is a forgotten clock: it ends there, and says that its end is not known.
    if (now - span.start > MAX_SPAN_MS) close(layer, span.start + MAX_SPAN_MS, true);
    else if (wish?.key === span.key) open[layer] = { ...span, content: wish.content };
    else close(layer, end);
  }
  for (const [layer, wish] of Object.entries(wanted))
    if (!open[layer]) begin(layer, wish, Math.min(now, told[layer] ?? now));
  return { timeline: { open, anchor, seen: at, ended }, spans };
}

/** Takes a window out of what is under way: what came before it ends at `from`, and the rest begins after it. */
export function cutWindow(
  timeline: Timeline,
  window: { from: number; to: number },
  zone: string,
): { timeline: Timeline; spans: Span[] } {
  const open: Record<string, OpenSpan> = {};
  // What is told late begins after the window as well.
  const ended: Record<string, number> = { ...timeline.ended };
  const spans: Span[] = [];
  for (const [layer, span] of Object.entries(timeline.open)) {
    ended[layer] = Math.max(ended[layer] ?? window.to, window.to);
    const isTouched = span.start < window.to;
    if (isTouched && span.start < window.from) spans.push(makeSpan(span, window.from, zone, false));
    open[layer] = isTouched ? { ...span, start: window.to } : span;
  }
  return { timeline: { ...timeline, open, ended }, spans };
}

/** The spans that were open when the agent died, closed at its last sign of life (epoch ms) and marked as cut. */
export function closeAfterCrash(open: readonly OpenSpan[], last: number, zone: string): Span[] {
  return open
    .filter((span) => last >= span.start)
    .map((span) => makeSpan(span, Math.min(last, span.start + MAX_SPAN_MS), zone, true));
}

function makeSpan(
  { content, start }: OpenSpan,
  end: number,
  zone: string,
  truncated: boolean,
): Span {
  return {
    ...content,
    start: formatInZone(start, zone),
    end: formatInZone(end, zone),
    ...(truncated && { truncated }),
  };
}
