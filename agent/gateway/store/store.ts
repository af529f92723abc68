import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { writePrivateFile } from "../../private-file.ts";
import { type Changes, changes } from "./changes.ts";
import { type LineSeal, makeSecretLines, plainLines } from "./seal-line.ts";

const FILE = "gateway.lines";

/** Where redacted buckets and events outlive the process. */
export interface GatewayStore {
  /** What was kept, oldest first; calls `onDamage` for each piece that cannot be read. */
  read(onDamage: () => void): Iterable<Changes>;
  /** Adds to what is kept: one write and one fsync. @throws when the disk refuses; then nothing was added */
  append(added: Changes): void;
  /** Keeps exactly this and nothing else; what was deleted is then gone from the disk too. @throws as above */
  rewrite(all: Iterable<Changes>): void;
}

/**
 * Keeps changes as lines of one file that only its owner can read. A line is written whole or does not count, so a
 * process killed at any moment loses that line at most. (Not LMDB, which writes 16 kB where this writes 200 bytes, and
 * which ends the whole process when its file is damaged or its key is another one.)
 * @param key 32 bytes; without, the file is plain text
 */
export function openGatewayStore(folder: string, key: Buffer | undefined): GatewayStore {
  const path = join(folder, FILE);
  const lines: LineSeal = key ? makeSecretLines(key) : plainLines;
  const write = (part: Changes) => lines.seal(JSON.stringify(changes.parse(part)));
  return {
    *read(onDamage) {
      for (const { text, isTorn } of readLines(path)) {
        const kept = readLine(lines, text);
        if (kept) yield kept;
        else if (!isTorn) onDamage();
      }
    },
    append: (added) => appendLine(path, write(added)),
    rewrite(all) {
      const text = [...all].map(write).join("\n");
      writePrivateFile(path, text === "" ? "" : `${text}\n`);
    },
  };
}

/** Removes all that a gateway has kept in this folder. */
export function forgetGateway(folder: string): void {
  for (const name of [FILE, `${FILE}.draft`]) rmSync(join(folder, name), { force: true });
}

function readLine(lines: LineSeal, line: string): Changes | null {
  const text = lines.open(line);
  if (text === null) return null;
  const parsed = changes.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}

/** The lines of a file; the last one is torn when the process was ended while it wrote. */
function* readLines(path: string): Generator<{ text: string; isTorn: boolean }> {
  const bytes = readWhole(path);
  let start = 0;
  while (start < bytes.length) {
    const found = bytes.indexOf(10, start);
    const end = found < 0 ? bytes.length : found;
    if (end > start) yield { text: bytes.toString("utf8", start, end), isTorn: found < 0 };
    start = end + 1;
  }
}

function readWhole(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      return Buffer.alloc(0);
    throw error;
  }
}

function appendLine(path: string, line: string): void {
  const file = openSync(path, "a", 0o600);
  try {
    const { size } = fstatSync(file);
    // A line torn by a process that was killed ends here.
    const bytes = Buffer.from(`\n${line}\n`, "utf8");
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fdatasyncSync(file);
    } catch (error) {
      ftruncateSync(file, size);
      throw error;
    }
  } finally {
    closeSync(file);
  }
}
