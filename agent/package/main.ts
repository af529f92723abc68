import { keepMemorySmall } from "../memory-flags.ts";
import { CHECK_STORE_WORD } from "./single-file.ts";

/** The single file: the `etabli` command, and the processes it starts of itself. */
async function main(): Promise<void> {
  const [word = "", ...words] = process.argv.slice(2);
  if (word === CHECK_STORE_WORD) {
    const { checkStoreHere } = await import("./check-store-here.ts");
    return await checkStoreHere(words);
  }
  // What the agent starts as a program of its own, it asks this file for by the program's name.
  if (process.send && word.endsWith("input-hook-child.js")) {
    await import("../sensors/input-hook-child.ts");
    return;
  }
  keepMemorySmall();
  const { runInProcess } = await import("../cli/run-in-process.ts");
  await runInProcess();
  // Everything is closed by now; should something still hold the process, it does not hold it long.
  setTimeout(() => process.exit(), 1000).unref();
}

void main();
