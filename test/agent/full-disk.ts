import { closeSync, openSync, readdirSync, readlinkSync } from "node:fs";

/** Whether this machine lets a test fill a disk under a file that is open. */
export const canFillDisk = process.platform === "linux";

/** From now on, whatever is written to that open file of this process meets a full disk. */
export function fillDiskUnder(file: string): void {
  const links = readdirSync("/proc/self/fd").map(Number);
  const descriptor = links.find((number) => targetOf(number) === file);
  if (descriptor === undefined) throw new Error(`${file} is not open`);
  closeSync(descriptor);
  // The system gives out the lowest free number.
  const spare: number[] = [];
  let full = openSync("/dev/full", "r+");
  for (; full !== descriptor; full = openSync("/dev/full", "r+")) spare.push(full);
  for (const number of spare) closeSync(number);
}

function targetOf(descriptor: number): string | null {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return null;
  }
}
