import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, existsSync, openSync, readSync, renameSync, statSync } from "node:fs";
import { createRequire } from "node:module";

/** Opening and walking a store of a hundred megabytes takes about a second; this is for one that hangs. */
const CHECK_TIMEOUT_MS = 20_000;

/**
 * Runs in a process of its own: a truncated LMDB file kills the process that reads it (SIGBUS, measured), and a
 * zeroed page gives fewer records without an error. So every record is read and counted against the state, and one
 * write is tried and taken back, before the agent itself opens the file.
 */
const CHECK_SCRIPT = `
const { open, ABORT } = require(process.argv[1]);
const { createHash } = require("node:crypto");
const root = open({ path: process.argv[2], noSubdir: true, overlappingSync: false, maxDbs: 8 });
const intact = (record) =>
  createHash("sha256").update(record.subarray(32)).digest().equals(record.subarray(0, 32));
const read = (name, encoding) => [...root.openDB({ name, encoding: "binary" }).getRange()];
const state = root.openDB({ name: "state", encoding: "binary" }).get("state");
if (state === undefined || !intact(state)) throw new Error("state unreadable");
const told = JSON.parse(state.subarray(32).toString("utf8"));
for (const name of ["open", "sealed", "dead"])
  if (read(name).length !== told[name]) throw new Error(name + ": records missing");
root.transactionSync(() => {
  root.openDB({ name: "state", encoding: "binary" }).put("trial", Buffer.alloc(20000));
  return ABORT;
});
process.stdout.write("sound");
process.exit(0);
`;

/** Whether a store file can be opened, walked and written without harm. Runs a short-lived child process. */
export function isStoreSound(path: string): boolean {
  const lmdb = createRequire(import.meta.url).resolve("lmdb");
  const child = spawnSync(process.execPath, ["-e", CHECK_SCRIPT, lmdb, path], {
    timeout: CHECK_TIMEOUT_MS,
    killSignal: "SIGKILL",
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  return child.status === 0 && child.stdout === "sound";
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

/** Renames a file aside with a date (`outbox.mdb.damaged-2026-11-25T09-30-00`) and gives the new path. */
export function moveAside(path: string, why: string, now: number): string {
  const date = new Date(now).toISOString().slice(0, 19).replaceAll(":", "-");
  let target = `${path}.${why}-${date}`;
  for (let n = 2; existsSync(target); n += 1) target = `${path}.${why}-${date}-${n}`;
  renameSync(path, target);
  return target;
}

/** Whether there is a file of more than no bytes. */
export function hasContent(path: string): boolean {
  return existsSync(path) && statSync(path).size > 0;
}
