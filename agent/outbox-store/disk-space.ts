import { statfsSync } from "node:fs";

/**
 * With less than this free the disk counts as full. LMDB must not meet a write that fails: its report of the failure
 * writes past its own memory, and a few of them end the process (measured, lmdb 3.5.6).
 */
export const RESERVE_BYTES = 1024 * 1024;

/** Bytes this user may still write in a folder; null when the system does not say. */
export function readFreeBytes(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    // No answer is no reason to stop recording.
    return null;
  }
}

/** The disk has no room for what is to be written; nothing was changed. */
export class DiskFull extends Error {
  override name = "DiskFull";
  readonly code = "ENOSPC";
}

/** @throws DiskFull when fewer bytes are free than are needed and the reserve */
export function requireSpace(free: number | null, needed = 0): void {
  if (free !== null && free < needed + RESERVE_BYTES)
    throw new DiskFull("No space left on device: the outbox leaves the last of it to others");
}
