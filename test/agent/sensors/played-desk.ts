import type { Senses } from "#agent/sensors/choose-senses";
import type {
  InputSensorOptions,
  LockSensorOptions,
  StartedInputAge,
  StartedSensor,
  WindowSensorOptions,
} from "#agent/sensors/sensor";
import { watchDesk } from "#agent/sensors/watch-desk";
import type { Presence } from "#agent/work/layers";
import type { Tally } from "#schema/activity";
import { makeManualClock } from "../manual-clock.ts";
import { settle } from "./heard.ts";

const blind = { state: { kind: "unsupported" as const, reason: "the desk has no eyes" } };

/** Senses played by the test, which notes which of them run. */
function playSenses() {
  const running = new Set<string>();
  const starts: string[] = [];
  let refused: StartedSensor & StartedInputAge = blind;
  const isRefused = new Set<string>();
  const run = (name: string) => {
    running.add(name);
    return { state: { kind: "available" as const }, stop: () => void running.delete(name) };
  };
  const heard: {
    window?: WindowSensorOptions;
    lock?: LockSensorOptions;
    input?: InputSensorOptions;
  } = {};
  let age = 0;
  let lockReason: string | undefined;
  const start = (name: string) => {
    starts.push(name);
    return isRefused.has(name) ? refused : run(name);
  };
  const senses: Senses = {
    async window(options) {
      heard.window = options;
      return start("window");
    },
    async inputAge() {
      const started = start("inputAge");
      return "stop" in started ? { ...started, read: async () => age } : started;
    },
    async lock(options) {
      heard.lock = options;
      const started = start("lock");
      if (!("stop" in started)) return started;
      options.onLocked(false);
      return {
        ...started,
        get state() {
          return { ...started.state, ...(lockReason !== undefined && { reason: lockReason }) };
        },
      };
    },
    async input(options) {
      heard.input = options;
      return start("input");
    },
  };
  return {
    senses,
    running,
    starts,
    heard,
    refuse: (...names: string[]) => names.forEach((name) => void isRefused.add(name)),
    allow: () => isRefused.clear(),
    refuseWith(next: StartedSensor & StartedInputAge) {
      refused = next;
    },
    /** The lock's sense works, and may miss something. */
    doubtLock(reason: string) {
      lockReason = reason;
    },
    setAge(next: number) {
      age = next;
    },
  };
}

/** The desk with senses of the test, all that it tells, and what can be done with it. */
export function watchPlayedDesk(
  prepare: (played: ReturnType<typeof playSenses>) => void = () => {},
) {
  const clock = makeManualClock();
  const played = playSenses();
  prepare(played);
  const categories: (string | null)[] = [];
  const presences: Presence[] = [];
  const tallies: Tally[] = [];
  /** Categories and presences in the order in which they are told. */
  const told: (string | null)[] = [];
  const locks: boolean[] = [];
  const lines: string[] = [];
  const desk = watchDesk({
    desktop: { platform: "linux", display: undefined, sessionType: undefined },
    clock,
    random: () => 0.999,
    zone: "Europe/Paris",
    categorise: (name) => (name === "Zorglub" ? "other" : name.toLowerCase()),
    onCategory(category) {
      categories.push(category);
      told.push(category);
    },
    onPresence(presence) {
      presences.push(presence);
      told.push(presence);
    },
    onLocked: (isLocked) => locks.push(isLocked),
    onTally: (tally) => tallies.push(tally),
    say: (line) => lines.push(line),
    senses: played.senses,
  });
  const want = async (focus: boolean, input: boolean, lock = false) => {
    desk.setWanted({ focus, input, lock });
    await settle();
  };
  const wait = async (milliseconds: number) => {
    clock.advance(milliseconds);
    await settle();
  };
  return { clock, played, desk, categories, presences, told, locks, tallies, lines, want, wait };
}
