import type { Tally } from "#schema/activity";
import { formatInZone } from "#schema/time";
import { OTHER } from "../charter-guard.ts";
import type { Clock } from "../clock.ts";
import type { Sense } from "../control/messages.ts";
import type { Presence } from "../work/layers.ts";
import { arbitrate, type Told } from "./arbitrate.ts";
import { chooseSenses, type Senses } from "./choose-senses.ts";
import { countTallies } from "./count-tallies.ts";
import { describeAway, describePresence, orWatcher } from "./describe-senses.ts";
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
  /** Told only while applications are wanted; null when it cannot be told, and when they are no longer wanted. */
  onPresence: (presence: Presence) => void;
  /**
   * Told only while the lock is wanted for itself: the present state as soon as it is known, and each change. A lock
   * that is not sensed any more is told nothing of.
   */
  onLocked: (isLocked: boolean) => void;
  /** Called with each five minutes of input once they are over. */
  onTally: (tally: Tally) => void;
  say: (line: string) => void;
  /** Other senses than those of the desktop. */
  senses?: Senses;
}

/** What charter, person and hours allow; and the lock by itself, where it signs out whoever has left. */
export interface Wanted {
  focus: boolean;
  input: boolean;
  lock: boolean;
}

export interface DeskWatch {
  readonly state: { applications: Sense; presence: Sense; input: Sense };
  /** What is to be sensed now; the rest is switched off. Nothing is at first. */
  setWanted(wanted: Wanted): void;
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
const nothingWanted = { focus: false, input: false, lock: false };

/**
 * Watches what charter and person allow: the application in front, whether somebody is there, counts of input. What
 * cannot be sensed is said once, in plain words, and tried again with growing waits.
 */
export function watchDesk(options: DeskOptions): DeskWatch {
  const { clock, random, categorise } = options;
  const senses = options.senses ?? chooseSenses(options.desktop, clock);
  let wanted: Wanted = nothingWanted;
  let told = nothingTold;
  /** Null while it is not known. */
  let locked: boolean | null = null;
  let front: string | null = null;
  let gatewayAway: boolean | null = null;
  let hasGatewayInput = false;
  let isPlaced = false;
  const said = new Map<string, string>();

  const sayBlind = (what: string) => (state: SensorState) => {
    if (state.kind === "available" || said.get(what) === state.reason) return;
    said.set(what, state.reason);
    options.say(`${what}: ${state.reason}. Everything else goes on.`);
  };
  const sayApplications = sayBlind("Applications are not sensed");
  const sayAge = sayBlind("When the last input was is not sensed");
  const sayLock = sayBlind("The lock of the screen is not sensed");
  const sayInput = sayBlind("Input is not counted");

  const isFrontTold = () => told.own !== undefined || told.window !== null;

  function hear(news: Partial<Told>): void {
    const before = told;
    told = { ...told, ...news };
    // A watcher that falls silent, or says the same again, is no sign of anybody.
    const isSign =
      news.own !== undefined ||
      isOther(told.window, before.window) ||
      isOther(told.tab, before.tab);
    const next = arbitrate(told);
    if (next !== front) {
      front = next;
      if (isPlaced) options.onCategory(next);
    }
    // Last: whoever comes back does so to what is in front now, not to what was.
    if (!isFrontTold()) presence.front(false);
    else if (isSign) presence.front(true);
  }

  const tallies = countTallies(clock, ({ start, ...tally }) =>
    options.onTally({ start: formatInZone(start, options.zone), ...tally }),
  );
  function count(kind: InputKind, times: number): void {
    // What is typed at a locked screen is no work at the desk.
    if (times > 0 && locked !== true) tallies.count({ kind, times, category: front ?? OTHER });
  }

  /** What is in front is told once it is known whether somebody is there, or that this cannot be known. */
  function place(): void {
    if (isPlaced || !wanted.focus) return;
    isPlaced = true;
    if (front !== null) options.onCategory(front);
  }
  const presence = watchPresence({
    clock,
    onPresence: options.onPresence,
    onAgeTold: place,
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
      place();
    },
  });
  const lock = supervise({
    clock,
    random,
    start: ({ onEnd, whileMine }) => senses.lock({ onEnd, onLocked: whileMine(hearLock) }),
    onBlind(state) {
      locked = null;
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

  function hearLock(isLocked: boolean): void {
    locked = isLocked;
    if (wanted.focus) presence.lock(isLocked);
    if (wanted.lock) options.onLocked(isLocked);
  }
  function setAway(isAway: boolean | null): void {
    gatewayAway = isAway;
    presence.gateway(isAway);
  }
  function setWanted(next: Wanted): void {
    const isLockNew = next.lock && !wanted.lock;
    const knownLock = locked;
    wanted = next;
    window.setWanted(next.focus);
    age.setWanted(next.focus);
    lock.setWanted(next.focus || next.input || next.lock);
    input.setWanted(next.input);
    if (!next.input) {
      tallies.end();
      hasGatewayInput = false;
    }
    if (!next.focus) {
      presence.age(null);
      setAway(null);
      hear(nothingTold);
      isPlaced = false;
    }
    if (!next.focus && !next.input && !next.lock) locked = null;
    presence.lock(next.focus ? locked : null);
    // What a sense that ran already said before.
    if (isLockNew && knownLock !== null) options.onLocked(knownLock);
  }

  return {
    get state() {
      return {
        applications: orWatcher(window.state, told.window !== null),
        presence: describePresence(
          describeAway(orWatcher(age.state, gatewayAway !== null), isFrontTold()),
          lock.state,
        ),
        input: orWatcher(input.state, hasGatewayInput),
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
    stop: () => setWanted(nothingWanted),
  };
}

function isOther(now: string | null, before: string | null): boolean {
  return now !== null && now !== before;
}
