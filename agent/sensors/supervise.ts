import { nextDelay } from "../backoff.ts";
import type { Clock } from "../clock.ts";
import type { Sense } from "../control/messages.ts";
import { type Available, type SensorState, unsupported } from "./sensor.ts";

/** A sensor that ran so long is tried again at once when it ends. */
const STEADY_MS = 60_000;

type Blind = Exclude<SensorState, { kind: "available" }>;
interface Running {
  readonly state: Available;
  stop: () => void;
}

/** What a sensor may call: each call counts only while it is this very start of the sensor that runs. */
export interface Turn {
  onEnd: (reason: string) => void;
  whileMine: <Value>(tell: (value: Value) => void) => (value: Value) => void;
}

export interface Supervised {
  /** What the sense can do now; `off` when it is not wanted. */
  readonly state: Sense;
  /** Starts or stops it. One that is not wanted does not run at all. */
  setWanted(isWanted: boolean): void;
}

/**
 * Keeps a sense running while it is wanted: one that cannot start or that ends is tried again with growing waits.
 */
export function supervise<Started extends Running>(options: {
  clock: Clock;
  random: () => number;
  start: (turn: Turn) => Promise<Started | { state: Blind }>;
  onStarted?: (started: Started) => void;
  /** It does not sense any more, or cannot. Not called when it is switched off. */
  onBlind: (state: Blind) => void;
}): Supervised {
  const { clock, random } = options;
  let state: Sense = { state: "off" };
  let isWanted = false;
  let attempt = 0;
  /** Each start has a number of its own. */
  let turn = 0;
  let cancelRetry = () => {};
  let running: Started | null = null;

  function stopSensor(): void {
    running?.stop();
    running = null;
  }

  function lose(blind: Blind): void {
    turn += 1;
    stopSensor();
    state = { state: blind.kind, reason: blind.reason };
    cancelRetry = clock.after(nextDelay(attempt, random), () => void start());
    attempt += 1;
    options.onBlind(blind);
  }

  async function start(): Promise<void> {
    turn += 1;
    const mine = turn;
    let early: string | undefined;
    let startedAt: number | undefined;
    function onEnd(reason: string): void {
      if (mine !== turn) return;
      if (startedAt === undefined) {
        early = reason;
        return;
      }
      if (clock.monotonic() - startedAt >= STEADY_MS) attempt = 0;
      lose({ kind: "unsupported", reason });
    }
    const whileMine: Turn["whileMine"] = (tell) => (value) => {
      if (mine === turn) tell(value);
    };
    const started = await options
      .start({ onEnd, whileMine })
      .catch(() => unsupported("it could not be started"));
    if (mine !== turn || early !== undefined) {
      if ("stop" in started) started.stop();
      if (mine === turn && early !== undefined) lose({ kind: "unsupported", reason: early });
      return;
    }
    if (!("stop" in started)) return lose(started.state);
    startedAt = clock.monotonic();
    running = started;
    options.onStarted?.(started);
  }

  return {
    get state() {
      return running === null ? state : senseOf(running.state);
    },
    setWanted(next) {
      if (next === isWanted) return;
      isWanted = next;
      attempt = 0;
      if (next) return void start();
      turn += 1;
      cancelRetry();
      stopSensor();
      state = { state: "off" };
    },
  };
}

function senseOf({ reason }: Available): Sense {
  return { state: "sensed", ...(reason !== undefined && { reason }) };
}
