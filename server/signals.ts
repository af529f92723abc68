import type { RunningServer } from "./app.ts";

/** What a main program may do at its end: tidy up, and leave with an exit code. */
export interface Program {
  server: RunningServer;
  close(): Promise<void>;
  exit(code: number): void;
}

/**
 * Ends a program on SIGINT or SIGTERM; nothing acknowledged is lost either way, this only tidies up. A server whose
 * embedded database has ended by itself can do nothing more: it says so and leaves, to be started again.
 */
export function endOnSignal({ server, close, exit }: Program): void {
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    close().then(
      () => exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        exit(1);
      },
    );
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  void server.store.lost.then((error) => {
    process.stderr.write(
      `${error.message} Start the program again; nothing acknowledged is lost.\n`,
    );
    exit(1);
  });
}
