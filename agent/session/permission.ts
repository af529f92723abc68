import { join } from "node:path";
import type { CategoryId, Charter } from "#schema/charter";
import type { CharterInForce, PlannedReply } from "#schema/live";
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
import { decideRecording } from "./decide-recording.ts";
import { HOURS_FILE, type Hours, hours as hoursSchema } from "./hours.ts";
import { readDocument, writeDocument } from "./private-document.ts";

/** Looked at again at least so often: the wall clock may have been set meanwhile. */
const LOOK_AGAIN_MS = 60_000;

export interface Decision {
  state: RecordingState;
  /** Epoch ms; null when it does not end by itself. */
  until: number | null;
}

export interface PermissionOptions {
  folder: string;
  key: Buffer | undefined;
  clock: Clock;
  charter: CharterInForce | null;
  /** Called whenever what may be recorded changes; `charter` is the one in force with the person's choices. */
  onChange: (decision: Decision, charter: Charter | null) => void;
}

export type Permission = ReturnType<typeof keepPermission>;

/**
 * What may be recorded now: the charter, the person's choices, a pause and the agreed hours together, and how that
 * changes with time. Owns the files of choices and hours. Calls `onChange` from `begin` on.
 * @throws when a file cannot be read: it is better not to start than to forget what a person switched off
 */
export function keepPermission(options: PermissionOptions) {
  const { folder, key, clock } = options;
  const choicesPath = join(folder, CHOICES_FILE);
  const hoursPath = join(folder, HOURS_FILE);
  let { charter } = options;
  let choices: Choices = readDocument(choicesPath, choicesSchema, key) ?? noChoices;
  let hours: Hours | null = readDocument(hoursPath, hoursSchema, key);
  /** A pause of so many minutes lasts them by the steady clock too: setting the wall clock ends no pause. */
  let steadyEnd = Number.NEGATIVE_INFINITY;
  let cancelLook = () => {};
  let told = "";

  const applied = () => charter && applyChoices(charter.document, choices);

  function decide(): Decision {
    const now = clock.now();
    const { pause } = choices;
    const left = steadyEnd - clock.monotonic();
    const isLonger =
      pause !== null && pause.until !== null && left > 0 && pause.until <= now + left;
    return decideRecording({
      charter: applied(),
      pause: isLonger ? { until: now + left } : pause,
      hours,
      now,
    });
  }

  function look(): void {
    cancelLook();
    const decision = decide();
    const { state, until } = decision;
    if (choices.pause !== null && state !== "paused" && state !== "private" && charter !== null)
      choices = { ...choices, pause: null };
    const wait = until === null ? LOOK_AGAIN_MS : Math.min(until - clock.now(), LOOK_AGAIN_MS);
    cancelLook = clock.after(Math.max(wait, 1), look);
    const now = JSON.stringify([state, charter?.sha256, choices.declined, choices.accepted]);
    if (now === told) return;
    told = now;
    options.onChange(decision, applied());
  }

  /** In force at once; then written. @throws when the disk refuses, and then it holds until the agent ends */
  function choose(next: Choices): void {
    choices = next;
    look();
    writeDocument(choicesPath, choices, key);
  }

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
    applied,
    decide,
    begin: look,
    adoptCharter(next: CharterInForce): void {
      charter = next;
      look();
    },
    adoptHours(planned: PlannedReply, window: { from: number; to: number }): void {
      // Once agreed, hours do not cease to be kept because no new ones were told.
      hours = { ...planned, known: planned.known || (hours?.known ?? false), ...window };
      look();
      writeDocument(hoursPath, hours, key);
    },
    chooseCategory: (id: CategoryId, isOn: boolean) => choose(chooseCategory(choices, id, isOn)),
    holdBack: (minutes: number) => choose({ ...choices, holdBackMinutes: minutes }),
    /** @param until epoch ms, or null: until `resume` */
    pause(until: number | null): void {
      steadyEnd =
        until === null ? Number.NEGATIVE_INFINITY : clock.monotonic() + (until - clock.now());
      choose({ ...choices, pause: { until } });
    },
    resume(): void {
      steadyEnd = Number.NEGATIVE_INFINITY;
      choose({ ...choices, pause: null });
    },
    /** Minutes events are held back: the charter's, or the person's own when longer. */
    holdBackMinutes: () =>
      Math.max(charter?.document.holdBackMinutes ?? 0, choices.holdBackMinutes),
    stop: () => cancelLook(),
  };
}
