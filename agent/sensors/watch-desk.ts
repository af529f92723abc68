import type { Tally } from "#schema/activity";
import { formatInZone } from "#schema/time";
import { OTHER } from "../charter-guard.ts";
import type { Clock } from "../clock.ts";
import type { Sense } from "../control/messages.ts";
import type { Presence } from "../work/layers.ts";
import { arbitrate, type Told } from "./arbitrate.ts";
import { chooseSenses, type Senses } from "./choose-senses.ts";
import { countTallies } from "./count-tallies.ts";
import type { Desktop } from "./desktop.ts";
import type { InputKind, SensorState } from "./sensor.ts";
import { supervise, type Turn } from "./supervise.ts";
import { watchPresence } from "./watch-presence.ts";

export interface DeskOptions {
  desktop: Desktop;
  clock: Clock;
  random: () => number;
  /** The zone whose offset the times of tallies carry. */
  zone: string;
  /** Through it goes every application name; only what comes out of it goes on. */
  categorise: (name: string) => string;
  /** Called when the category in front changes; null when nothing is in front, or nothing is known. */
  onCategory: (category: string | null) => void;
  onPresence: (presence: Presence) => void;
  /** Called with each five minutes of input once they are over. */
  onTally: (tally: Tally) => void;
  say: (line: string) => void;
  /** Other senses than those of the desktop. */
  senses?: Senses;
}

export interface DeskWatch {
  readonly state: { applications: Sense; presence: Sense; input: Sense };
  /** What charter, person and hours allow to be sensed now; the rest is switched off. Nothing is at first. */
  setWanted(wanted: { focus: boolean; input: boolean }): void;
  /** The application in front as a watcher at the gateway tells it: as a category, null when it tells of none any more. */
  windowFromGateway(category: string | null): void;
  /** The page in front in the browser, likewise. */
  tabFromGateway(category: string | null): void;
  awayFromGateway(isAway: boolean | null): void;
  inputFromGateway(counts: { keys: number; clicks: number; scrolls: number }): void;
  /** Takes a window (epoch ms) out of the counts of input that were not told yet. */
  forgetCounts(window: { from: number; to: number }): void;
  stop(): void;
}

const nothingTold: Told = { own: undefined, window: null, tab: null };
const BY_WATCHER: Sense = { state: "sensed", reason: "by an ActivityWatch watcher" };

/**
 * Watches what charter and person allow: the application in front, whether somebody is there, counts of input. What
 * cannot be sensed is said once, in plain words, and tried again with growing waits.
 */
export function watchDesk(options: DeskOptions): DeskWatch {
  const { clock, random, categorise } = options;
  const senses = options.senses ?? chooseSenses(options.desktop, clock);
  let wanted = { focus: false, input: false };
  let told = nothingTold;
  let front: string | null = null;
  let gatewayAway: boolean | null = null;
  let hasGatewayInput = false;
  const said = new Map<string, string>();

  const sayBlind = (what: string) => (state: SensorState) => {
    if (state.kind === "available" || said.get(what) === state.reason) return;
    said.set(what, state.reason);
    options.say(`${what}: ${state.reason}. Everything else goes on.`);
  };
  const sayApplications = sayBlind("Applications are not sensed");
  const sayAge = sayBlind("Whether somebody is at the desk is not sensed");
  const sayLock = sayBlind("The lock of the screen is not sensed");
  const sayInput = sayBlind("Input is not counted");

  function hear(news: Partial<Told>): void {
    told = { ...told, ...news };
    const next = arbitrate(told);
    if (next === front) return;
    front = next;
    options.onCategory(next);
  }

  const tallies = countTallies(clock, ({ start, ...tally }) =>
    options.onTally({ start: formatInZone(start, options.zone), ...tally }),
  );
  function count(kind: InputKind, times: number): void {
    // What is typed at a locked screen is no work at the desk.
    if (times > 0 && presence.now !== "locked")
      tallies.count({ kind, times, category: front ?? OTHER });
  }

  const presence = watchPresence({
    clock,
    onPresence: options.onPresence,
    onAgeLost: () => ageTurn?.onEnd("the system no longer says when the last input was"),
  });
  let ageTurn: Turn | undefined;

  const window = supervise({
    clock,
    random,
    start: ({ onEnd, whileMine }) =>
      senses.window({
        onEnd,
        onApplication: whileMine((name) => hear({ own: name === null ? null : categorise(name) })),
      }),
    onBlind(state) {
      hear({ own: undefined });
      sayApplications(state);
    },
  });
  const age = supervise({
    clock,
    random,
    start(turn) {
      ageTurn = turn;
      return senses.inputAge();
    },
    onStarted: ({ read }) => presence.age(read),
    onBlind(state) {
      presence.age(null);
      sayAge(state);
    },
  });
  const lock = supervise({
    clock,
    random,
    start: ({ onEnd, whileMine }) =>
      senses.lock({ onEnd, onLocked: whileMine((isLocked) => presence.lock(isLocked)) }),
    onBlind(state) {
      presence.lock(null);
      sayLock(state);
    },
  });
  const input = supervise({
    clock,
    random,
    start: ({ onEnd, whileMine }) =>
      senses.input({ onEnd, onInput: whileMine((kind) => count(kind, 1)) }),
    onBlind: sayInput,
  });

  function setAway(isAway: boolean | null): void {
    gatewayAway = isAway;
    presence.gateway(isAway);
  }
  function setWanted(next: { focus: boolean; input: boolean }): void {
    wanted = next;
    window.setWanted(next.focus);
    age.setWanted(next.focus);
    lock.setWanted(next.focus || next.input);
    input.setWanted(next.input);
    if (!next.input) {
      tallies.end();
      hasGatewayInput = false;
    }
    if (!next.focus) {
      presence.age(null);
      setAway(null);
      hear(nothingTold);
    }
    if (!next.focus && !next.input) presence.lock(null);
  }

  return {
    get state() {
      return {
        applications: orElse(window.state, told.window !== null),
        presence: describePresence(orElse(age.state, gatewayAway !== null), lock.state),
        input: orElse(input.state, hasGatewayInput),
      };
    },
    setWanted,
    windowFromGateway(category) {
      if (wanted.focus) hear({ window: category });
    },
    tabFromGateway(category) {
      if (wanted.focus) hear({ tab: category });
    },
    awayFromGateway(isAway) {
      if (wanted.focus) setAway(isAway);
    },
    inputFromGateway({ keys, clicks, scrolls }) {
      if (!wanted.input || input.state.state === "sensed") return;
      hasGatewayInput = true;
      count("key", keys);
      count("click", clicks);
      count("scroll", scrolls);
    },
    forgetCounts: tallies.forget,
    stop: () => setWanted({ focus: false, input: false }),
  };
}

/** What a sense can do, where a watcher at the gateway may stand in for a blind one. */
function orElse(own: Sense, isByWatcher: boolean): Sense {
  return isByWatcher && own.state !== "sensed" && own.state !== "off" ? BY_WATCHER : own;
}

/** Two senses tell whether somebody is there; one of them is worth having. */
function describePresence(age: Sense, lock: Sense): Sense {
  if (age.state === "off" || lock.state === "off") return age;
  if (age.state === "sensed") {
    if (lock.state === "sensed") return age;
    const reasons = [age.reason, `not the lock: ${lock.reason}`];
    return { ...age, reason: reasons.filter((reason) => reason !== undefined).join("; ") };
  }
  if (lock.state === "sensed") return { ...lock, reason: `the lock alone: ${age.reason}` };
  return age;
}
