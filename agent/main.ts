import { keepMemorySmall } from "./memory-flags.ts";

/** The `etabli` command. */
async function main(): Promise<void> {
  keepMemorySmall();
  const { runInProcess } = await import("./cli/run-in-process.ts");
  await runInProcess();
  // Everything is closed by now; should something still hold the process, it does not hold it long.
  setTimeout(() => process.exit(), 1000).unref();
}

await main();
