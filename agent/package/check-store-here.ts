import { createRequire } from "node:module";
import { runInThisContext } from "node:vm";
import { CHECK_SCRIPT } from "../outbox-store/check-store.ts";

/**
 * Checks a store in this process, as Node would with the script: the single file takes no script, but has it inside.
 * @param words the store, and the file it is rewritten to
 */
export async function checkStoreHere(words: readonly string[]): Promise<void> {
  const lmdb = await import("lmdb");
  const builtIn = createRequire(process.execPath);
  const check: unknown = runInThisContext(`(function (require, process) {${CHECK_SCRIPT}})`);
  if (typeof check !== "function") throw new Error("the check of the store is missing");
  check((name: string) => (name === "lmdb" ? lmdb : builtIn(name)), {
    argv: ["", "lmdb", ...words],
    exit: process.exit.bind(process),
  });
}
