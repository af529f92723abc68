import { z } from "zod";
import { label } from "./activity.ts";
import { millisecondsOf, timestamp } from "./time.ts";

export const HALF_HOUR_MS = 1_800_000;

/** One half hour of one queue, from the telephone system. It names nobody. */
export const queueRow = z
  .strictObject({
    queue: label,
    start: timestamp.refine((start) => millisecondsOf(start) % HALF_HOUR_MS === 0, {
      error: "not on a half hour",
    }),
    offered: z.int().min(0).max(1_000_000),
    answered: z.int().min(0).max(1_000_000),
    handleSeconds: z.int().min(0).max(1_000_000_000),
  })
  .refine((row) => row.answered <= row.offered, {
    path: ["answered"],
    error: "more answered than offered",
  });
export type QueueRow = z.infer<typeof queueRow>;
