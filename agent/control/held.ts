import { z } from "zod";
import { label, mark, markKind, origin, source, span, spanKind, taskId } from "#schema/activity";
import { ack, sha256Hex } from "#schema/batch";
import { timestamp } from "#schema/time";

/** Which held event is meant: `open/<number>`, or `<epoch>/<seq>/<index>` in a batch that was not sent yet. */
export const heldId = z.string().regex(/^(open\/\d+|\d+\/\d+\/\d+)$/, {
  error: "no name of an event as `etabli held` shows it, like open/12",
});

/** What a person may put right in an event that has not left: null takes a field away. */
export const correction = z.strictObject({
  kind: z.union([spanKind, markKind]).optional(),
  label: label.nullable().optional(),
  task: taskId.nullable().optional(),
  origin: origin.nullable().optional(),
  start: timestamp.optional(),
  end: timestamp.optional(),
  at: timestamp.optional(),
  until: mark.shape.until.nullable(),
  due: mark.shape.due.nullable(),
  remaining: mark.shape.remaining.nullable(),
  allotted: span.shape.allotted.nullable(),
  scripted: span.shape.scripted.nullable(),
  complexity: span.shape.complexity.nullable(),
});
export type Correction = z.infer<typeof correction>;

/** One event that has not left, in the form in which it will. */
const heldEvent = z.strictObject({
  id: heldId,
  type: z.enum(["span", "mark", "tally"]),
  /** A span, mark or tally of the schema. */
  event: z.record(z.string(), z.unknown()),
  /** When it may be sealed; null once it is. */
  readyAt: timestamp.nullable(),
});
export type HeldEvent = z.infer<typeof heldEvent>;

const sealedView = z.strictObject({
  epoch: z.int(),
  seq: z.int(),
  sha256: sha256Hex,
  events: z.int(),
  bytes: z.int(),
  sealedAt: timestamp,
});

export const held = z.strictObject({
  /** Still open: not in any batch. Oldest first. */
  open: z.array(heldEvent),
  /** More waits than is listed here. */
  truncated: z.boolean(),
  batches: z.array(
    z.strictObject({
      ...sealedView.shape,
      /** Sent and not yet answered: it may be at the site already, and can no longer be changed here. */
      sent: z.boolean(),
      /** The very bytes, as text. */
      text: z.string(),
      contents: z.array(heldEvent),
    }),
  ),
  /** Spans under way, which end when the next one begins. */
  underWay: z.array(
    z.strictObject({ kind: spanKind, label: label.optional(), start: timestamp, source }),
  ),
});
export type Held = z.infer<typeof held>;

export const mirrored = z.strictObject({ ...sealedView.shape, takenAt: timestamp });
export type Mirrored = z.infer<typeof mirrored>;

/** Of each batch of the mirror, whether the site has received exactly it and still holds what was in it. */
export const comparison = z.strictObject({
  epoch: z.int(),
  seq: z.int(),
  sha256: sha256Hex,
  /** The hash the site noted when it took the batch; null when it knows no such batch. */
  siteSha256: sha256Hex.nullable(),
  events: z.int(),
  /** How many of its events the site holds now, field by field the same. */
  eventsSame: z.int(),
  same: z.boolean(),
});
export type Comparison = z.infer<typeof comparison>;

export const refusedBatch = z.strictObject({
  epoch: z.int(),
  seq: z.int(),
  ack: ack.nullable(),
  text: z.string(),
});

export const deletion = z.strictObject({
  /** Events gone whole, and events of which a part is gone. */
  removed: z.int(),
  cut: z.int(),
  /** Batches with something in that window that had been sent before: they are not at this machine to delete. */
  alreadySent: z.int(),
  /** False: it will never leave, but its traces could not be wiped from the disk yet. */
  wiped: z.boolean(),
});
export type Deletion = z.infer<typeof deletion>;
