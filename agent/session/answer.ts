import type { CategoryId } from "#schema/charter";
import { mustBeAccepted } from "../choices.ts";
import type { Clock } from "../clock.ts";
import type { RecordingState, Reply, Request } from "../control/messages.ts";
import type { Outbox } from "../outbox.ts";
import type { Recorder } from "../recorder.ts";
import type { Sender } from "../sender.ts";
import { answerHeld, isHeldRequest } from "./answer-held.ts";
import { answerWork, isWorkRequest } from "./answer-work.ts";
import { placeInHours } from "./hours.ts";
import type { Permission } from "./permission.ts";
import { done, refuse } from "./reply.ts";

/** The parts of a session that answer what a person asks. */
export interface Bench {
  outbox: Outbox;
  recorder: Recorder;
  permission: Permission;
  sender: Sender;
  clock: Clock;
  zone: string;
  makeTaskId: () => string;
  /** Seals what may be sealed now. */
  seal: () => void;
  /**
   * Takes a window (epoch ms) out of all that is here besides the outbox: what is under way, counts, and what watchers
   * told. False when the disk did not take that.
   */
  forget: (window: { from: number; to: number }) => boolean;
}

/** What a session answers; signing in and out, status and the desk belong to the program around it. */
export type SessionRequest = Exclude<
  Request,
  { command: "status" | "signin" | "signout" | "desk" }
>;

/** Does what was asked and says what was done, or why not. */
export async function answer(request: SessionRequest, bench: Bench): Promise<Reply> {
  const reply = await act(request, bench);
  const isChoice = ["pause", "resume", "category", "hold-back"].includes(request.command);
  if (!reply.ok || !isChoice || !bench.permission.isUnkept) return reply;
  return { ...reply, message: `${reply.message} ${notKept}` };
}

/** What a person should know of a choice that the disk did not take. */
const notKept =
  "It could not be written to disk, so it holds until the agent is restarted: free some space.";

async function act(request: SessionRequest, bench: Bench): Promise<Reply> {
  const { permission, recorder } = bench;
  if (isHeldRequest(request)) return await answerHeld(request, bench);
  if (isWorkRequest(request)) {
    const { state } = permission.look();
    const charter = permission.applied();
    if (state !== "on" || charter === null) return notRecording(state);
    const before = recorder.scene.declared.task;
    const reply = answerWork(request, recorder, charter, bench);
    // What a task leaves behind should be on its owner's page soon.
    if (before !== null) bench.seal();
    if (reply.ok && recorder.unsaved > 0)
      return { ...reply, message: `${reply.message}. Not on disk yet: free some space.` };
    return reply;
  }
  switch (request.command) {
    case "pause":
      return pause(request.until, bench);
    case "resume": {
      if (permission.choices.pause === null && permission.look().state === "on")
        return done("not-paused", "Nothing was paused: recording goes on.");
      permission.resume();
      const { state } = permission.look();
      return state === "on"
        ? done("resumed", "Recording again. A task that was under way is over.")
        : notRecording(state);
    }
    case "category":
      return switchCategory(request.id, request.on, permission);
    case "hold-back": {
      permission.holdBack(request.minutes);
      const minutes = permission.holdBackMinutes();
      const wait = minutes === 1 ? "1 minute" : `${minutes} minutes`;
      return done("held-back", `Events wait ${wait} on this machine before they leave.`);
    }
  }
}

function pause(until: number | "shift" | "resumed", { permission, clock }: Bench): Reply {
  const now = clock.now();
  if (until === "resumed") {
    permission.pauseUntilResumed();
    return done("paused", "Private: nothing is recorded until you say so. etabli resume");
  }
  if (until === "shift") {
    const shift = permission.hours && placeInHours(permission.hours, now).current;
    if (!shift)
      return refuse("no-shift", "No shift is under way. Give minutes, or use: etabli private");
    permission.pauseForShift(shift.end);
  } else permission.pauseFor(until * 60_000);
  // By the clock this person looks at, which may be another than that of their zone.
  const clockTime = new Date(permission.choices.pause?.until ?? now).toTimeString().slice(0, 5);
  return done("paused", `Paused until ${clockTime}: nothing is recorded. Sooner: etabli resume`);
}

function switchCategory(id: CategoryId, on: boolean, permission: Permission): Reply {
  const category = permission.charter?.document.categories.find((entry) => entry.id === id);
  if (!category) return notRecording("no-charter");
  if (!category.optional && !mustBeAccepted.includes(id))
    return refuse("not-optional", `The charter does not leave "${id}" to each person.`);
  permission.chooseCategory(id, on);
  if (!on) return done("category-off", `Switched off: "${id}" is not recorded.`);
  return category.on
    ? done("category-on", `Switched on: "${id}" is recorded.`)
    : done(
        "category-on-not-in-charter",
        `You leave "${id}" on, but the charter in force has it off.`,
      );
}

const reasons: Record<RecordingState, string> = {
  on: "",
  paused: "Recording is paused. First: etabli resume",
  private: "This is your private time: nothing is recorded. First: etabli resume",
  "outside-hours": "This is outside your agreed hours: nothing is recorded.",
  "hours-not-told":
    "Your site has not said yet what your agreed hours are, so nothing is recorded. Once it can be reached this goes on by itself.",
  "nothing-on": "The charter in force, or you, have everything switched off.",
  "no-charter": "No charter received yet, so nothing is recorded.",
  "signed-out": "Nobody is signed in, so nothing is recorded. First: etabli signin <name>",
};

/** Why nothing is recorded, in words. */
export function notRecording(state: RecordingState): Reply {
  return refuse(state, reasons[state]);
}
