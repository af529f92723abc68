import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import { createRequire } from "node:module";
import { CHECK_STORE_WORD, isSingleFile } from "../package/single-file.ts";
import { removeStore, replaceStore, rewrittenPath } from "./rewrite-store.ts";
import { storeOptions, tableNames } from "./tables.ts";

/** Reading and rewriting a store of a hundred megabytes takes about two seconds; this is for one that hangs. */
const CHECK_TIMEOUT_MS = 60_000;

/**
 * Runs in a process of its own: a truncated LMDB file kills the process that reads it (SIGBUS, measured), a zeroed
 * page gives fewer records without an error, and damage among the free pages shows only at the next commit. So every
 * record is read and counted against the state, and then written to a new file, which takes the place of the old.
 */
export const CHECK_SCRIPT = `
const { open } = require(process.argv[1]);
const { createHash } = require("node:crypto");
const { readFileSync, writeSync } = require("node:fs");
const key = readFileSync(0, "utf8");
writeSync(1, "begun ");
const options = { ...${JSON.stringify(storeOptions)}, ...(key && { encryptionKey: key }) };
const old = open({ ...options, path: process.argv[2], readOnly: true });
const table = (root, name) => root.openDB({ name, encoding: "binary" });
const names = ${JSON.stringify(tableNames)};
// A store of an earlier version has not every table.
const records = names.map((name) => [...(table(old, name)?.getRange() ?? [])]);
const state = table(old, "state").get("state");
const digest = createHash("sha256").update(state.subarray(32)).digest();
if (!digest.equals(state.subarray(0, 32))) throw new Error("state unreadable");
const told = JSON.parse(state.subarray(32).toString("utf8"));
for (const [index, name] of names.entries())
  if (name !== "state" && records[index].length !== (told[name] ?? 0)) throw new Error("records missing");
writeSync(1, "sound ");
const fresh = open({ ...options, path: process.argv[3] });
const tables = names.map((name) => table(fresh, name));
fresh.transactionSync(() => {
  for (const [index, target] of tables.entries())
    for (const { key, value } of records[index]) target.putSync(key, value);
});
fresh.close().then(() => {
  writeSync(1, "rewritten");
  process.exit(0);
});
`;

/** The words with which this very program checks a store. */
function checkWords(): string[] {
  if (isSingleFile()) return [CHECK_STORE_WORD];
  return ["-e", CHECK_SCRIPT, createRequire(import.meta.url).resolve("lmdb")];
}

/** How a process ends that reads a damaged store. */
const readingSignals = new Set<NodeJS.Signals>([
  "SIGBUS",
  "SIGSEGV",
  "SIGABRT",
  "SIGILL",
  "SIGFPE",
]);

/** `undecided`: the check itself could not be made, which says nothing about the file. */
type StoreCondition = "sound" | "damaged" | "undecided";

/**
 * Whether a store file can be read whole; if so it is rewritten, in a short-lived child process, so that no damage
 * hides in it. On a full disk the old file stays as it is.
 */
export function checkStore(
  path: string,
  key: string | null,
  timeoutMs = CHECK_TIMEOUT_MS,
): StoreCondition {
  const rewritten = rewrittenPath(path);
  removeStore(rewritten);
  const child = spawnSync(process.execPath, [...checkWords(), path, rewritten], {
    timeout: timeoutMs,
    killSignal: "SIGKILL",
    encoding: "utf8",
    // The key goes where no other program of this machine can read it.
    input: key ?? "",
    stdio: ["pipe", "pipe", "ignore"],
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  // Null when the process could not be started, whatever the types say.
  const told = child.stdout ?? "";
  if (told === "begun sound rewritten") replaceStore(path, rewritten);
  removeStore(rewritten);
  if (told.startsWith("begun sound")) return "sound";
  // Never came to read, took too long, or was ended from outside: Ctrl+C, a shutdown, want of memory.
  const isOwnEnd = child.signal === null || readingSignals.has(child.signal);
  return told !== "" && child.error === undefined && isOwnEnd ? "damaged" : "undecided";
}

/** sha256 of a whole file in hex, read in pieces. */
export function hashFile(path: string): string {
  const hash = createHash("sha256");
  const piece = Buffer.alloc(1 << 20);
  const file = openSync(path, "r");
  try {
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece))
      hash.update(piece.subarray(0, read));
  } finally {
    closeSync(file);
  }
  return hash.digest("hex");
}
