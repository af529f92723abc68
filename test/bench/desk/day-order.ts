import { z } from "zod";

/** What the agent of a simulated day is told, as JSON in its first word. */
export const dayOrder = z.strictObject({
  /** An enrolled agent's folder. */
  folder: z.string(),
  /** The folder of the built desk page. */
  page: z.string(),
  pace: z.strictObject({ from: z.number(), fastFrom: z.number(), speed: z.number() }),
});
export type DayOrder = z.infer<typeof dayOrder>;
