import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tryLock } from "fs-native-extensions";

/** Another process holds the folder; the message names it. */
export class FolderInUse extends Error {
  constructor(folder: string, holder: string) {
    super(
      `The data folder ${folder} is in use by ${holder}. Two processes on one folder lose rows, so this one stops. ` +
        "Stop the other one first, or choose another folder with ETABLI_DATA.",
    );
    this.name = "FolderInUse";
  }
}

/**
 * Takes the exclusive lock of a data folder. The kernel frees it when this process ends, however it ends, so no
 * stale lock can stay behind.
 * @returns a function that frees the lock
 * @throws FolderInUse
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const descriptor = openSync(join(folder, "lock"), "a+", 0o600);
  const holderFile = join(folder, "holder");
  if (!tryLock(descriptor)) {
    closeSync(descriptor);
    throw new FolderInUse(folder, readHolder(holderFile));
  }
  writeFileSync(holderFile, `process ${process.pid}\n`, { mode: 0o600 });
  return () => closeSync(descriptor);
}

function readHolder(file: string): string {
  try {
    return readFileSync(file, "utf8").trim() || "another process";
  } catch {
    // The holder writes its name just after taking the lock; a missing file is that instant.
    return "another process";
  }
}
