import { z } from "zod";
import { MAX_INSTANT } from "../instant.ts";
import { redactedData } from "../redacted-data.ts";

/** A bucket as it is kept. */
const bucketRecord = z.strictObject({
  /** The number by which its events name it. */
  number: z.int().positive(),
  id: z.string(),
  type: z.string(),
  client: z.string(),
  hostname: z.string(),
  /** Epoch milliseconds; null until something was recorded since it was made. */
  created: z.int().nullable(),
  device: z.string().nullable(),
});
export type BucketRecord = z.infer<typeof bucketRecord>;

const microseconds = z.int().min(0).max(MAX_INSTANT);

/** Bucket number, id, start, duration, data. */
const eventRow = z.tuple([
  z.int().positive(),
  z.int().positive(),
  microseconds,
  microseconds,
  redactedData,
]);

/** What is to be kept from now on, instead of what was kept under the same numbers and ids. */
export const changes = z.strictObject({
  device: z.uuid().optional(),
  buckets: z.array(bucketRecord).optional(),
  events: z.array(eventRow).optional(),
});
export type Changes = z.infer<typeof changes>;
