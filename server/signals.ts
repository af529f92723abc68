/** Ends a program cleanly on SIGINT or SIGTERM: nothing acknowledged is lost either way, this only tidies up. */
export function endOnSignal(program: { close(): Promise<void> }): void {
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    program.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
}
