import { z } from "zod";
import { answer, storedMark, storedSpan, storedTally } from "./activity.ts";
import { charter } from "./charter.ts";
import { timestamp, timeZone } from "./time.ts";

const period = z.strictObject({ start: timestamp, end: timestamp });

/** A planned working period with its planned breaks. */
export const shift = z.strictObject({ ...period.shape, breaks: z.array(period) });
export type Shift = z.infer<typeof shift>;

/** Everything the store holds of one person, to take away (design §3). */
export const archive = z.strictObject({
  format: z.literal("etabli-archive/1"),
  zone: timeZone,
  country: z.string().length(2).optional(),
  from: timestamp,
  to: timestamp,
  charter: charter.nullable(),
  schedule: z.array(shift),
  spans: z.array(storedSpan),
  marks: z.array(storedMark),
  tallies: z.array(storedTally),
  answers: z.array(answer),
});
export type Archive = z.infer<typeof archive>;
