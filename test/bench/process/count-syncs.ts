import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Counts how often a program makes the disk keep what it wrote, by `strace`. */
export interface SyncCounter {
  /** What to put before the program's own command line; the process started is the program's all the same. */
  words: readonly string[];
  /** Calls of fsync and fdatasync between two moments (epoch ms), once the program and its output have ended. */
  read(from: number, to: number): number;
  remove(): void;
}

/** Stops the program at those two calls alone, so that it hardly notices. */
const strace = "strace -D -f --seccomp-bpf -qq -ttt -e trace=fsync,fdatasync -o".split(" ");

/** Makes a counter, or says why there is none. */
export function makeSyncCounter(): SyncCounter | { reason: string } {
  const folder = mkdtempSync(join(tmpdir(), "etabli-syncs-"));
  const path = join(folder, "calls");
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const words = [...strace, path];
  const [command = "", ...rest] = words;
  const tried = spawnSync(command, [...rest, process.execPath, "--version"], { encoding: "utf8" });
  if (tried.status !== 0 || !existsSync(path)) {
    remove();
    const isMissing = tried.error !== undefined;
    return { reason: isMissing ? "strace is not installed" : `strace: ${tried.stderr.trim()}` };
  }
  return {
    words,
    read: (from, to) => countCalls(readFileSync(path, "utf8"), from, to),
    remove,
  };
}

/** A call that another thread interrupts takes two lines. */
function countCalls(text: string, from: number, to: number): number {
  return text.split("\n").filter((line) => {
    const at = Number(/^\d+ +(\d+\.\d+) f\w+\(/.exec(line)?.[1]) * 1000;
    return at >= from && at < to;
  }).length;
}
