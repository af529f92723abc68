import { join } from "node:path";
import type { CategoryId, Charter } from "#schema/charter";
import type { CharterInForce } from "#schema/live";
import {
  applyChoices,
  CHOICES_FILE,
  type Choices,
  choices as choicesSchema,
  chooseCategory,
  noChoices,
} from "../choices.ts";
import type { Clock } from "../clock.ts";
import type { RecordingState } from "../control/messages.ts";
import { DamagedDocument, readDocument, writeDocument } from "../private-document.ts";
import { decideRecording } from "./decide-recording.ts";
import { endOfShift, HOURS_FILE, type Hours, hours as hoursSchema } from "./hours.ts";

/** Looked at again at least so often: the wall clock may have been set meanwhile. */
const LOOK_AGAIN_MS = 60_000;
/** A pause ends up to so much later than asked: an absence of exactly half an hour would be known for one. */
const PAUSE_SPREAD_MS = 120_000;

export interface Decision {
  state: RecordingState;
  /** Epoch ms; null when it does not end by itself. */
  until: number | null;
  /** A pause has just run out, without anybody having said so. */
  pauseRanOut: boolean;
}

export interface PermissionOptions {
  folder: string;
  key: Buffer | undefined;
  clock: Clock;
  /** Gives a number in [0, 1). */
  random: () => number;
  charter: CharterInForce | null;
  /** Called whenever what may be recorded changes; `charter` is the one in force with the person's choices. */
  onChange: (decision: Decision, charter: Charter | null) => void;
}

/** The hours as last told; a file that cannot be read is asked for again, and until then nothing is recorded. */
function readHours(path: string, key: Buffer | undefined): Hours | null {
  try {
    return readDocument(path, hoursSchema, key);
  } catch (error) {
    if (error instanceof DamagedDocument) return null;
    throw error;
  }
}

export type Permission = ReturnType<typeof keepPermission>;

/**
 * What may be recorded now: the charter, the person's choices, a pause and the agreed hours together, and how that
 * changes with time. Owns the files of choices and hours. Calls `onChange` from the first `look` on.
 * @throws DamagedDocument when the choices cannot be read: it is better not to start than to forget what a person switched off
 */
export function keepPermission(options: PermissionOptions) {
  const { folder, key, clock, random } = options;
  const choicesPath = join(folder, CHOICES_FILE);
  const hoursPath = join(folder, HOURS_FILE);
  let { charter } = options;
  let choices: Choices = readDocument(choicesPath, choicesSchema, key) ?? noChoices;
  let hours: Hours | null = readHours(hoursPath, key);
  /** The choices are in force and not on disk yet. */
  let isUnkept = false;
  let cancelKeep = () => {};
  /** A pause of so many minutes lasts them by the steady clock too: setting the wall clock ends no pause. */
  let steadyEnd = Number.NEGATIVE_INFINITY;
  let stopped = false;
  let cancelLook = () => {};
  let told = "";

  const applied = () => charter && applyChoices(charter.document, choices);

  function decide(): Decision {
    const now = clock.now();
    const { pause } = choices;
    const left = steadyEnd - clock.monotonic();
    const isLonger =
      pause !== null && pause.until !== null && left > 0 && pause.until <= now + left;
    const decided = decideRecording({
      charter: applied(),
      pause: isLonger ? { until: now + left } : pause,
      hours,
      now,
    });
    const isPaused = decided.state === "paused" || decided.state === "private";
    return { ...decided, pauseRanOut: pause !== null && charter !== null && !isPaused };
  }

  /**
   * Settles what holds now. Everything that is about to be recorded, and the light, asks this first: a timer alone
   * comes late after a sleep, or when the clock was set.
   */
  function look(): Decision {
    cancelLook();
    const decision = decide();
    if (stopped) return decision;
    const { state, until, pauseRanOut } = decision;
    if (pauseRanOut) forgetPause();
    const wait = until === null ? LOOK_AGAIN_MS : Math.min(until - clock.now(), LOOK_AGAIN_MS);
    cancelLook = clock.after(Math.max(wait, 1), look);
    const now = JSON.stringify([state, charter?.sha256, choices.declined, choices.accepted]);
    if (now !== told) {
      told = now;
      options.onChange(decision, applied());
    }
    return decision;
  }

  /** A pause that is over leaves no trace, here neither. */
  function forgetPause(): void {
    choices = { ...choices, pause: null };
    keep();
  }

  function keep(): void {
    cancelKeep();
    try {
      writeDocument(choicesPath, choices, key);
      isUnkept = false;
    } catch {
      // In force all the same, told as a trouble, and tried again.
      isUnkept = true;
      cancelKeep = clock.after(LOOK_AGAIN_MS, keep);
    }
  }

  /** In force at once, then written; see `isUnkept`. */
  function choose(next: Choices): void {
    choices = next;
    look();
    keep();
  }

  /** @param steady until when by the steady clock as well; a pause without minutes has no such end */
  function pause(until: number | null, shift: boolean, steady = Number.NEGATIVE_INFINITY): void {
    steadyEnd = steady;
    choose({ ...choices, pause: { until, shift } });
  }

  // One that ran out while nobody was here is over, and no sign of anybody.
  if (decide().pauseRanOut) forgetPause();

  return {
    get charter() {
      return charter;
    },
    get choices() {
      return choices;
    },
    get hours() {
      return hours;
    },
    /** The choices could not be written: they hold until the agent ends. */
    get isUnkept() {
      return isUnkept;
    },
    applied,
    look,
    adoptCharter(next: CharterInForce): void {
      if (stopped) return;
      charter = next;
      look();
    },
    /** @throws when the disk refuses; the hours hold all the same */
    adoptHours(next: Hours): void {
      if (stopped) return;
      // Once agreed, hours do not cease to be kept because no new ones were told.
      hours = { ...next, known: next.known || (hours?.known ?? false) };
      const asked = choices.pause;
      const moved = asked?.shift && asked.until !== null ? endOfShift(hours, asked.until) : null;
      if (moved !== null) choices = { ...choices, pause: { until: moved, shift: true } };
      look();
      writeDocument(hoursPath, hours, key);
    },
    chooseCategory: (id: CategoryId, isOn: boolean) => choose(chooseCategory(choices, id, isOn)),
    holdBack: (minutes: number) => choose({ ...choices, holdBackMinutes: minutes }),
    /** For so many ms, and a little more, at random. */
    pauseFor(length: number): void {
      const lasts = length + random() * PAUSE_SPREAD_MS;
      pause(clock.now() + lasts, false, clock.monotonic() + lasts);
    },
    /** Until the shift under way ends, which is then (epoch ms) as things stand. */
    pauseForShift: (end: number) => pause(end, true),
    pauseUntilResumed: () => pause(null, false),
    resume(): void {
      steadyEnd = Number.NEGATIVE_INFINITY;
      choose({ ...choices, pause: null });
    },
    /** Minutes events are held back: the charter's, or the person's own when longer. */
    holdBackMinutes: () =>
      Math.max(charter?.document.holdBackMinutes ?? 0, choices.holdBackMinutes),
    /** Nothing changes any more. */
    stop(): void {
      stopped = true;
      cancelLook();
      cancelKeep();
    },
  };
}
