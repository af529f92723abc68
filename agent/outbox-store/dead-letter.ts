import { z } from "zod";
import { ack } from "#schema/batch";
import { unwrapJson } from "./record.ts";
import type { Tables } from "./tables.ts";

/** A batch that could not be delivered, kept for its owner to read. */
const deadLetter = z.strictObject({
  epoch: z.int(),
  seq: z.int(),
  /** What the server said; null when the batch was damaged here and never sent. */
  ack: ack.nullable(),
  /** The batch as it is, for the person to read; empty when it was damaged, or its owner deleted what was in it. */
  text: z.string(),
});
export type DeadLetter = z.infer<typeof deadLetter>;

/** The dead letters that can be read, oldest first. */
export function* readDeadLetters(tables: Tables): Iterable<{ key: number; letter: DeadLetter }> {
  for (const { key, value } of tables.dead.getRange()) {
    const parsed = deadLetter.safeParse(unwrapJson(value));
    if (parsed.success) yield { key, letter: parsed.data };
  }
}
