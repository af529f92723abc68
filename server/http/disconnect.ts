import { z } from "zod";

const coded = z.object({ code: z.string() });

/** Connection exceptions, shutdown, start-up, and too many connections. */
const databaseGone = /^(08|57P0|53300)/;
const socketGone = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "EAI_AGAIN",
]);
/** pg and the embedded database give these no code. */
const uncoded =
  /^(Connection terminated|timeout exceeded when trying to connect|The embedded database|Cannot use a pool after|Client has encountered a connection error)/;

/** Whether an error says that the database cannot be reached now, rather than that a query is wrong. */
export function isDisconnect(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isDisconnect);
  const code = coded.safeParse(error);
  if (code.success && (databaseGone.test(code.data.code) || socketGone.has(code.data.code)))
    return true;
  return error instanceof Error && uncoded.test(error.message);
}

/** Whether two writers met on the same rows and one has to try again. */
export function isClash(error: unknown): boolean {
  const code = coded.safeParse(error);
  return code.success && ["23505", "40001", "40P01"].includes(code.data.code);
}
