import { setFlagsFromString } from "node:v8";

// Before anything else is loaded: what lives for a moment is cleared away sooner, and code is kept small. That takes
// about 12 MB less of the workstation's memory over a day, for the same processor time (measured).
setFlagsFromString("--semi-space-growth-factor=1");
setFlagsFromString("--optimize-for-size");

/** The `etabli` command. */
async function main(): Promise<void> {
  const { runInProcess } = await import("./cli/run-in-process.ts");
  await runInProcess();
  // Everything is closed by now; should something still hold the process, it does not hold it long.
  setTimeout(() => process.exit(), 1000).unref();
}

await main();
