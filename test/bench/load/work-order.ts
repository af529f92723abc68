import { z } from "zod";
import { enrolledWorkstation } from "../site/enrol-workstations.ts";

/** Which batches a run is about; both sides of a comparison make the same rows of it. */
export const batchRange = z.object({
  workstations: z.array(enrolledWorkstation),
  /** The moment the simulated day is looked at from, epoch ms. */
  now: z.int(),
  firstSeq: z.int(),
  /** Batches of each workstation, those that only warm up included. */
  batches: z.int(),
  warmUp: z.int(),
  spansPerBatch: z.int(),
});
export type BatchRange = z.infer<typeof batchRange>;

export const loadOrder = batchRange.extend({
  url: z.url(),
  /** Batches of a workstation sent and not yet acknowledged, at most. */
  window: z.int(),
  /** Batches a second of all workstations together; null: as fast as they are acknowledged. */
  rate: z.number().nullable(),
});
export type LoadOrder = z.infer<typeof loadOrder>;

export const loadResult = z.object({
  events: z.int(),
  seconds: z.number(),
  /** Milliseconds from the moment each batch was due until its acknowledgement. */
  latencies: z.array(z.number()),
});
export type LoadResult = z.infer<typeof loadResult>;
