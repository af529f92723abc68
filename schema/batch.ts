import { z } from "zod";
import { mark, span, tally } from "./activity.ts";
import { timestamp } from "./time.ts";

/** Events in one batch at most, all kinds together. */
export const MAX_BATCH_EVENTS = 500;
/** Bytes of one sealed batch at most. Below the server's frame limit, so a sealed batch always fits. */
export const MAX_BATCH_BYTES = 192 * 1024;

export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, { error: "not a sha256 in hex" });

const seq = z.int().min(1);
const epoch = z.int().min(1).max(2_147_483_647);

/** A loss, said out loud: these batches of that epoch will never come. */
export const gap = z
  .strictObject({
    epoch,
    fromSeq: seq,
    toSeq: seq,
    reason: z.enum(["full", "deleted", "too-late", "refused", "corrupt"]),
  })
  .refine((value) => value.toSeq >= value.fromSeq, {
    path: ["toSeq"],
    error: "lies before fromSeq",
  });
export type Gap = z.infer<typeof gap>;

/** A sealed, numbered set of events on its way to the server (design §3). */
export const batch = z
  .strictObject({
    workstation: z.guid(),
    epoch,
    seq,
    charter: sha256Hex,
    sealedAt: timestamp,
    spans: z.array(span).max(MAX_BATCH_EVENTS),
    marks: z.array(mark).max(MAX_BATCH_EVENTS),
    tallies: z.array(tally).max(MAX_BATCH_EVENTS),
    gap: gap.optional(),
  })
  .refine((value) => countEvents(value) <= MAX_BATCH_EVENTS, {
    error: `more than ${MAX_BATCH_EVENTS} events`,
  });
export type Batch = z.infer<typeof batch>;

/** How many events a batch holds. */
export function countEvents(value: {
  spans: readonly unknown[];
  marks: readonly unknown[];
  tallies: readonly unknown[];
}): number {
  return value.spans.length + value.marks.length + value.tallies.length;
}

export const refusal = z.strictObject({ path: z.string(), reason: z.string() });
export type Refusal = z.infer<typeof refusal>;

/**
 * What the server says of one batch. `stored` and `duplicate`: it is in the store, forget it. `conflict`: another
 * batch has this number. `refused`: never send it again, `refusals` says why. `retry`: keep it, come back after
 * `retryAfter` seconds.
 */
export const ack = z.strictObject({
  epoch: z.int(),
  seq: z.int(),
  status: z.enum(["stored", "duplicate", "conflict", "refused", "retry"]),
  retryAfter: z.number().optional(),
  refusals: z.array(refusal).optional(),
});
export type Ack = z.infer<typeof ack>;
