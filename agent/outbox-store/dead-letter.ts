import { z } from "zod";
import { ack } from "#schema/batch";

/** A batch that could not be delivered, kept for its owner to read. */
export const deadLetter = z.strictObject({
  epoch: z.int(),
  seq: z.int(),
  /** What the server said; null when the batch was damaged here and never sent. */
  ack: ack.nullable(),
  /** The batch as it is, for the person to read. */
  text: z.string(),
});
export type DeadLetter = z.infer<typeof deadLetter>;
