import { z } from "zod";

/** What the demonstration's server tells the simulator it started; `folder` is where the agents live. */
export const toSimulator = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("go"),
    url: z.url(),
    token: z.string(),
    folder: z.string().min(1),
    /** Local days of history to lay behind today, today not counted. */
    days: z.int().min(0).max(30),
  }),
]);
export type ToSimulator = z.infer<typeof toSimulator>;

/** What the simulator answers; `done` and `total` count person-days of history. */
export const fromSimulator = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("progress"), done: z.int().min(0), total: z.int().min(0) }),
  z.strictObject({ type: z.literal("history-done") }),
  z.strictObject({ type: z.literal("failed"), message: z.string() }),
]);
export type FromSimulator = z.infer<typeof fromSimulator>;
