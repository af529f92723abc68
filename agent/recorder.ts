import type { Charter } from "#schema/charter";
import { guardEvents, mapCategory, mayRecord } from "./charter-guard.ts";
import type { Clock } from "./clock.ts";
import type { Outbox } from "./outbox.ts";
import {
  beginTracking,
  closeAfterCrash,
  heartbeat,
  type Signal,
  type TrackerState,
  takeHeartbeat,
  track,
} from "./tracker.ts";

export interface RecorderOptions {
  outbox: Outbox;
  clock: Clock;
  /** The zone whose offset the times carry. */
  zone: string;
  charter: Charter | null;
  /** Runs a write to disk; false when it failed, and then it was told and nothing was written. */
  write: (task: () => void) => boolean;
}

/** Turns what happens at the workstation into events in the outbox, as far as the charter has it on. */
export interface Recorder {
  readonly state: TrackerState;
  signal(signal: Signal): void;
  /** Another charter is in force from now on; what it no longer has on ends here. */
  adoptCharter(charter: Charter): void;
  /** Notes that the agent is alive, so that after a crash open spans can be closed at this time. */
  beat(): void;
  /** Ends what is open. */
  close(): void;
}

function allowedCategory(charter: Charter | null, category: string | null): string | null {
  if (charter === null || category === null || !mayRecord(charter, "focus")) return null;
  return mapCategory(charter, category);
}

/** Starts recording; first closes what an agent that died had left open. A pause outlives a restart. */
export function startRecorder(options: RecorderOptions): Recorder {
  const { outbox, clock, zone, write } = options;
  let charter = options.charter;
  const moment = () => ({ wall: clock.now(), steady: clock.monotonic() });
  let state = beginTracking(moment());
  /** The category in front, whether or not the charter lets it be recorded. */
  let seen: string | null = null;
  let unsaved: ReturnType<typeof track>["spans"] = [];

  const left = heartbeat.safeParse(outbox.readNote());
  if (left.success) {
    if (left.data.paused) state = track(state, { type: "paused" }, moment(), zone).state;
    save(closeAfterCrash(left.data, zone));
  }

  /** Events and the note of what is still open go to disk in one transaction. */
  function save(spans: typeof unsaved): void {
    unsaved.push(...guardEvents(charter, { spans, marks: [], tallies: [] }).spans);
    const isKept = write(() => outbox.addAll({ spans: unsaved }, takeHeartbeat(state, moment())));
    if (isKept) unsaved = [];
  }

  function apply(signal: Signal): void {
    const before = state;
    const { state: after, spans } = track(before, signal, moment(), zone);
    state = after;
    const changed =
      spans.length > 0 ||
      before.paused !== after.paused ||
      before.work?.start !== after.work?.start ||
      before.focus?.start !== after.focus?.start;
    if (changed) save(spans);
  }

  /** Only what the charter has on reaches the tracker at all. */
  function admit(signal: Signal): Signal {
    if (signal.type === "task-started" && !mayRecord(charter, signal.task.kind))
      return { type: "task-stopped" };
    if (signal.type !== "in-front") return signal;
    seen = signal.category;
    return { type: "in-front", category: allowedCategory(charter, seen) };
  }

  return {
    get state() {
      return state;
    },
    signal: (signal) => apply(admit(signal)),
    adoptCharter(next) {
      // What the next charter no longer has on ends now, still under the one before.
      if (state.work && !mayRecord(next, state.work.kind)) apply({ type: "task-stopped" });
      apply({ type: "in-front", category: allowedCategory(next, seen) });
      charter = next;
    },
    beat() {
      apply({ type: "tick" });
      if (state.work || state.focus || unsaved.length > 0) save([]);
    },
    close() {
      apply({ type: "task-stopped" });
      apply({ type: "in-front", category: null });
      if (unsaved.length > 0) save([]);
    },
  };
}
