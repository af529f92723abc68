import { z } from "zod";
import {
  label,
  MAX_SPAN_MS,
  type Span,
  source,
  spanKind,
  taskId,
  type WorkKind,
} from "#schema/activity";
import { formatInZone } from "#schema/time";

/** Wall clock and steady clock further apart than this since the last look: the wall clock was set, or we slept. */
const CLOCK_JUMP_MS = 2_000;
/** After a clock was set back by no more than this, recording waits for it instead of covering a time twice. */
const MAX_WAIT_FOR_CLOCK_MS = 60_000;

/** What a person declares when a task begins. */
interface Task {
  kind: WorkKind;
  label?: string | undefined;
  task?: string | undefined;
}

/** What happens at the workstation. */
export type Signal =
  | { type: "task-started"; task: Task }
  | { type: "task-stopped" }
  /** The application category in front; null when none can be seen. */
  | { type: "in-front"; category: string | null }
  | { type: "paused" }
  | { type: "resumed" }
  /** Nothing new, but time goes on. */
  | { type: "tick" };

/** A moment on both clocks: epoch ms, and ms of a clock that never jumps. */
export interface Moment {
  wall: number;
  steady: number;
}

/** A span under way; `start` in epoch ms. */
const openSpan = z.strictObject({
  kind: spanKind,
  label: label.optional(),
  task: taskId.optional(),
  source,
  start: z.number(),
});
type OpenSpan = z.infer<typeof openSpan>;

/** What must outlive a crash: the open spans, the time (epoch ms) up to which they are known, and a pause. */
export const heartbeat = z.strictObject({
  at: z.number(),
  open: z.array(openSpan),
  paused: z.boolean(),
});
export type Heartbeat = z.infer<typeof heartbeat>;

export interface TrackerState {
  paused: boolean;
  work: OpenSpan | null;
  focus: OpenSpan | null;
  /** Known while paused as well, but then not written anywhere. */
  inFront: string | null;
  /** The moment both clocks were last brought together. */
  anchor: Moment;
  /** Where the last span of each layer ended, epoch ms. */
  ended: { work: number; focus: number };
}

/** A tracker that has seen nothing yet. */
export function beginTracking(at: Moment): TrackerState {
  const ended = { work: Number.NEGATIVE_INFINITY, focus: Number.NEGATIVE_INFINITY };
  return { paused: false, work: null, focus: null, inFront: null, anchor: at, ended };
}

/**
 * Signals in, spans out. Durations come from the steady clock; when the wall clock jumps, open spans are split there.
 * While paused nothing is recorded, and nothing is filled in afterwards; a task ends with the pause.
 * @param zone the zone whose offset the times carry
 */
export function track(
  before: TrackerState,
  signal: Signal,
  at: Moment,
  zone: string,
): { state: TrackerState; spans: Span[] } {
  const state = structuredClone(before);
  const spans: Span[] = [];
  const close = (layer: "work" | "focus", end: number, truncated = false) => {
    const open = state[layer];
    state[layer] = null;
    if (!open || end < open.start || (layer === "focus" && end === open.start)) return;
    state.ended[layer] = end;
    spans.push(makeSpan(open, end, zone, truncated));
  };
  const openAt = (layer: "work" | "focus", span: Omit<OpenSpan, "start">, start: number) => {
    const behind = state.ended[layer] - start;
    const waits = behind > 0 && behind <= MAX_WAIT_FOR_CLOCK_MS;
    state[layer] = { ...span, start: waits ? state.ended[layer] : start };
  };

  let now = state.anchor.wall + (at.steady - state.anchor.steady);
  if (Math.abs(at.wall - now) > CLOCK_JUMP_MS) {
    const { work, focus } = state;
    close("work", now);
    close("focus", now);
    state.anchor = at;
    now = at.wall;
    if (work) openAt("work", work, now);
    if (focus) openAt("focus", focus, now);
  }
  cutOverlong(state, now, close);

  switch (signal.type) {
    case "task-started":
      if (state.paused) break;
      close("work", now);
      openAt("work", { ...signal.task, source: "declared" }, now);
      break;
    case "task-stopped":
      close("work", now);
      break;
    case "in-front":
      if (signal.category === state.inFront) break;
      state.inFront = signal.category;
      close("focus", now);
      break;
    case "paused":
      close("work", now);
      close("focus", now);
      state.paused = true;
      break;
    case "resumed":
      state.paused = false;
      break;
    case "tick":
      break;
  }
  if (!state.paused && state.focus === null && state.inFront !== null)
    openAt("focus", { kind: "focus", label: state.inFront, source: "sensed" }, now);
  return { state, spans };
}

/** A span of more than a day is a forgotten clock: its task ends there, and says that its end is not known. */
function cutOverlong(
  state: TrackerState,
  now: number,
  close: (layer: "work" | "focus", end: number, truncated: boolean) => void,
): void {
  for (const layer of ["work", "focus"] as const) {
    const open = state[layer];
    if (open && now - open.start > MAX_SPAN_MS) close(layer, open.start + MAX_SPAN_MS, true);
  }
}

/** The open spans, to be closed at this time should the agent die before the next heartbeat. */
export function takeHeartbeat(state: TrackerState, at: Moment): Heartbeat {
  const now = state.anchor.wall + (at.steady - state.anchor.steady);
  const open = [state.work, state.focus].filter((span) => span !== null);
  return { at: now, open, paused: state.paused };
}

/** The spans that were open when the agent died, closed at its last heartbeat and marked as cut. */
export function closeAfterCrash(last: Heartbeat, zone: string): Span[] {
  return last.open
    .filter((open) => last.at >= open.start)
    .map((open) => makeSpan(open, Math.min(last.at, open.start + MAX_SPAN_MS), zone, true));
}

function makeSpan(open: OpenSpan, end: number, zone: string, truncated: boolean): Span {
  return {
    kind: open.kind,
    start: formatInZone(open.start, zone),
    end: formatInZone(end, zone),
    source: open.source,
    ...(open.label !== undefined && { label: open.label }),
    ...(open.task !== undefined && { task: open.task }),
    ...(truncated && { truncated }),
  };
}
