/** The command line says something this program does not know; the message says what, and what to write instead. */
export class UsageError extends Error {
  override name = "UsageError";
}
