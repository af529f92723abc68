import { setFlagsFromString } from "node:v8";

// Before anything else is loaded: what lives for a moment is cleared away sooner, which takes 7 to 13 MB less of the
// workstation's memory (measured).
setFlagsFromString("--semi-space-growth-factor=1");

/** The `etabli` command. */
async function main(): Promise<void> {
  const { runInProcess } = await import("./cli/run-in-process.ts");
  await runInProcess();
  // Everything is closed by now; should something still hold the process, it does not hold it long.
  setTimeout(() => process.exit(), 1000).unref();
}

await main();
