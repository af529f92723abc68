import pino, { type Logger } from "pino";

/** The server's log: one JSON object a line on stderr. Errors go in by class and code, since texts can quote values. */
export function createLog(level: string): Logger {
  return pino(
    {
      level,
      base: null,
      serializers: {
        err: (error: unknown) =>
          error instanceof Error
            ? {
                type: error.name,
                code: "code" in error ? error.code : undefined,
                at: placeOf(error),
              }
            : { type: typeof error },
      },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}

function placeOf(error: Error): string | undefined {
  return error.stack
    ?.split("\n")
    .filter((line) => line.startsWith("    at "))
    .slice(0, 3)
    .map((line) => line.trim())
    .join(" ");
}
