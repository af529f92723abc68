import type { z } from "zod";

/** The child's half of `runChild`: does the one piece of work it is sent, answers, and ends. */
export function answerOrders<Order extends z.ZodType>(
  schema: Order,
  work: (order: z.infer<Order>) => Promise<unknown>,
): void {
  process.once("message", (message) => {
    Promise.resolve()
      .then(() => work(schema.parse(message)))
      .then((result) => process.send?.(result, undefined, undefined, () => process.disconnect()))
      .catch((error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
        process.exit(1);
      });
  });
}
