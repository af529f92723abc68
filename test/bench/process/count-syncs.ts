import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Counts how often a program makes the disk keep what it wrote, by `strace`. */
export interface SyncCounter {
  /** What to put before the program's own command line; the process started is the program's all the same. */
  words: readonly string[];
  /**
   * Once the program and its output have ended: when it called fsync or fdatasync, epoch ms. Once only: nothing of it
   * stays on the disk.
   */
  take(): number[];
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
    take() {
      const text = readFileSync(path, "utf8");
      remove();
      return timesOfCalls(text);
    },
  };
}

/** A call that another thread interrupts takes two lines; the second does not match. */
function timesOfCalls(text: string): number[] {
  return [...text.matchAll(/^\d+ +(\d+\.\d+) f\w+\(/gm)].map(([, time]) => Number(time) * 1000);
}
