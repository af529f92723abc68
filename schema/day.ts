import { z } from "zod";
import { storedMark, storedSpan } from "./activity.ts";
import { shift } from "./archive.ts";
import { gap } from "./batch.ts";
import { localDate, timestamp } from "./time.ts";

/** One local day of one person as the store holds it: what overlaps it, uncut. */
export const day = z.strictObject({
  date: localDate,
  zone: z.string(),
  from: timestamp,
  to: timestamp,
  schedule: z.array(shift),
  spans: z.array(storedSpan),
  marks: z.array(storedMark),
  gaps: z.array(z.strictObject({ ...gap.shape, toldAt: timestamp })),
  /** First and last local day with raw events in the store, to walk between; null when there is none. */
  firstDate: localDate.nullable(),
  lastDate: localDate.nullable(),
});
export type Day = z.infer<typeof day>;
