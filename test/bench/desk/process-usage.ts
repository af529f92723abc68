import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** What a process has taken of the machine since it began. */
export interface Usage {
  /** Its own, the system's on its behalf, and those of its children that have ended. */
  processorSeconds: number;
  /** The most it ever had resident, in MB (10^6 bytes). */
  peakMegabytes: number;
  /** Bytes it had the system write to disks. */
  writtenBytes: number;
}

/** Linux only. */
export function readUsage(pid: number): Usage {
  const read = (name: string) => readFileSync(`/proc/${pid}/${name}`, "utf8");
  const stat = read("stat");
  // The name in parentheses may hold blanks; utime, stime, cutime and cstime are the 14th to 17th field.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return {
    processorSeconds: ticks / ticksPerSecond(),
    peakMegabytes: (numberIn(read("status"), /^VmHWM:\s+(\d+) kB$/m) * 1024) / 1e6,
    writtenBytes: numberIn(read("io"), /^write_bytes: (\d+)$/m),
  };
}

function numberIn(text: string, pattern: RegExp): number {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`/proc does not tell ${pattern.source}`);
  return Number(found);
}

let ticks: number | undefined;
function ticksPerSecond(): number {
  ticks ??= Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
  return ticks;
}
