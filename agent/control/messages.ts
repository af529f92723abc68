import { z } from "zod";
import { label, markKind, origin, taskId, workKind } from "#schema/activity";
import { sha256Hex } from "#schema/batch";
import { bilingual, categoryId } from "#schema/charter";
import { timestamp } from "#schema/time";
import { comparison, correction, deletion, held, heldId, mirrored, refusedBatch } from "./held.ts";

/** What a person says of a piece of work when it begins. */
export const declaredTask = z.strictObject({
  kind: workKind,
  /** For a contact its queue; for an incident the component. */
  label: label.optional(),
  task: taskId.optional(),
  origin: origin.optional(),
  /** Seconds that were given for it. */
  allotted: z.int().min(0).max(604_800).optional(),
  scripted: z.boolean().optional(),
  complexity: z.literal([1, 2, 3]).optional(),
  waitingOn: z.literal("customer").optional(),
  /** A deadline: becomes a mark of its own. */
  due: timestamp.optional(),
  /** Minutes of work still expected, by the person's own estimate. */
  remaining: z.number().min(0).max(100_000).optional(),
});
export type DeclaredTask = z.infer<typeof declaredTask>;

/** Minutes a person may hold events back for; a day covers any shift. */
export const MAX_HOLD_BACK_MINUTES = 1440;

/**
 * What can be asked of the running agent: from the command line, the desk page or another program of this machine.
 * One JSON document each way.
 */
export const request = z.discriminatedUnion("command", [
  z.strictObject({ command: z.literal("status") }),
  /** Begins a task; the one under way ends. */
  z.strictObject({ command: z.literal("task-start"), ...declaredTask.shape }),
  /** Begins a task; the one under way is put aside, to come back to. */
  z.strictObject({ command: z.literal("task-switch"), ...declaredTask.shape }),
  z.strictObject({ command: z.literal("task-park") }),
  /** Back to a parked task, the last one unless its number is given; an interruption ends with it. */
  z.strictObject({ command: z.literal("task-back"), task: taskId.optional() }),
  z.strictObject({ command: z.literal("task-stop") }),
  /** Of these, `interrupt` and `help_request` stay open until `mark-end`. */
  z.strictObject({
    command: z.literal("mark"),
    kind: markKind,
    label: label.optional(),
    task: taskId.optional(),
    origin: origin.optional(),
    due: timestamp.optional(),
    remaining: z.number().min(0).max(100_000).optional(),
  }),
  z.strictObject({
    command: z.literal("mark-end"),
    kind: z.enum(["interrupt", "help_request"]),
  }),
  /** Record nothing: for so many minutes, until the shift ends, or (private) until `resume`. */
  z.strictObject({
    command: z.literal("pause"),
    until: z.union([z.int().min(1).max(1440), z.enum(["shift", "resumed"])]),
  }),
  z.strictObject({ command: z.literal("resume") }),
  z.strictObject({ command: z.literal("category"), id: categoryId, on: z.boolean() }),
  z.strictObject({
    command: z.literal("hold-back"),
    minutes: z.int().min(0).max(MAX_HOLD_BACK_MINUTES),
  }),
  /** All that waits here, as it will leave. */
  z.strictObject({ command: z.literal("held") }),
  z.strictObject({ command: z.literal("held-delete"), from: timestamp, to: timestamp }),
  z.strictObject({ command: z.literal("held-correct"), id: heldId, change: correction }),
  /** What left in the last 24 hours. */
  z.strictObject({ command: z.literal("mirror") }),
  z.strictObject({ command: z.literal("mirror-batch"), epoch: z.int(), seq: z.int() }),
  /** Asks the site what it holds and compares it with the mirror. */
  z.strictObject({ command: z.literal("compare") }),
  /** What the site refused, with its reasons. */
  z.strictObject({ command: z.literal("refused") }),
  z.strictObject({
    command: z.literal("signin"),
    name: z.string().min(1).max(80),
    passphrase: z.string().min(1).max(200),
  }),
  z.strictObject({ command: z.literal("signout") }),
  /** The address that opens the desk page, once and for two minutes. */
  z.strictObject({ command: z.literal("desk") }),
]);
export type Request = z.infer<typeof request>;

/** Something the person should know. The page has its own words for each code; `message` is English. */
export const trouble = z.strictObject({
  code: z.enum([
    "disk",
    "lost-here",
    "outbox-damaged",
    "outbox-mark",
    "not-wiped",
    "refused-batches",
    "not-taken",
    "clock-differs",
    "copied-folder",
    "choices",
    "hours",
    "unsaved",
    "feed",
    "gateway",
    "other",
  ]),
  message: z.string(),
});
export type Trouble = z.infer<typeof trouble>;

/** Why nothing is recorded, or `on`. The light is on with `on` and with nothing else. */
export const recordingState = z.enum([
  "on",
  "paused",
  "private",
  "outside-hours",
  /** The site has not said yet what the agreed hours are. */
  "hours-not-told",
  "nothing-on",
  "no-charter",
  "signed-out",
]);
export type RecordingState = z.infer<typeof recordingState>;

const taskUnderWay = z.strictObject({ ...declaredTask.shape, since: timestamp });

const sense = z.strictObject({
  state: z.enum(["sensed", "unsupported", "permission-missing", "off"]),
  reason: z.string().optional(),
});
export type Sense = z.infer<typeof sense>;

const shift = z.strictObject({ start: timestamp, end: timestamp });

/** What the agent is doing, for the person at this machine. */
export const status = z.strictObject({
  version: z.string(),
  now: timestamp,
  server: z.string(),
  mode: z.string(),
  /** Several people take turns at this machine, each with a sign-in of their own. */
  shared: z.boolean(),
  recording: recordingState,
  /** When that ends by itself: a pause, or the hours outside the shift; null when it does not or is not known. */
  until: timestamp.nullable(),
  hours: z.strictObject({
    /** False: the site has never given agreed hours for this person, so there are none to keep to. */
    known: z.boolean(),
    current: shift.nullable(),
    next: shift.nullable(),
    /** Charter and person both allow recording outside them. */
    outsideToo: z.boolean(),
  }),
  connection: z.strictObject({ kind: z.string(), message: z.string().optional() }),
  charter: z
    .strictObject({ version: z.int(), title: bilingual, sha256: sha256Hex, rawDays: z.int() })
    .nullable(),
  categories: z.array(
    z.strictObject({
      id: categoryId,
      /** Recorded, given charter and person. */
      on: z.boolean(),
      /** The charter has it on. */
      inCharter: z.boolean(),
      /** The person may switch it. */
      optional: z.boolean(),
      /** What the person chose, or the standing choice: yes, except for what must be opted into. */
      chosen: z.boolean(),
      purpose: bilingual,
      rawDays: z.int(),
    }),
  ),
  holdBack: z.strictObject({ charter: z.int(), own: z.int(), minutes: z.int() }),
  task: taskUnderWay.nullable(),
  parked: z.array(taskUnderWay),
  openMarks: z.array(
    z.strictObject({ kind: markKind, at: timestamp, label: z.string().optional() }),
  ),
  applications: z.strictObject({ ...sense.shape, inFront: z.string().nullable() }),
  presence: z.strictObject({ ...sense.shape, now: z.enum(["here", "away", "locked"]).nullable() }),
  input: sense,
  gateway: z.strictObject({ ...sense.shape, address: z.string().nullable() }),
  feed: sense,
  desk: z.string().nullable(),
  waiting: z.strictObject({
    held: z.int(),
    batches: z.int(),
    batchEvents: z.int(),
    bytes: z.int(),
    refused: z.int(),
  }),
  troubles: z.array(trouble),
});
export type Status = z.infer<typeof status>;

export const reply = z.discriminatedUnion("ok", [
  z.strictObject({
    ok: z.literal(true),
    /** The page's key for its own words; `message` is English. */
    code: z.string(),
    message: z.string(),
    status: status.optional(),
    held: held.optional(),
    deletion: deletion.optional(),
    mirror: z.array(mirrored).optional(),
    /** The very bytes of a mirrored batch, as text. */
    text: z.string().optional(),
    comparison: z.array(comparison).optional(),
    refused: z.array(refusedBatch).optional(),
    /** Opens the desk page, once: for whoever is at this machine, and for no log. */
    address: z.url().optional(),
  }),
  z.strictObject({ ok: z.literal(false), code: z.string(), message: z.string() }),
]);
export type Reply = z.infer<typeof reply>;
