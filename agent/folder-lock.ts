import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { tryLock } from "fs-native-extensions";
import { makePrivateFolder } from "./private-file.ts";

/** The file that is locked: as long as an agent runs, it must stay where it is. */
export const LOCK_FILE = "agent.lock";

/** Another agent runs in this folder. */
class AlreadyRunning extends Error {
  override name = "AlreadyRunning";
}

/**
 * Takes the folder for this process; the kernel frees it when the process ends, however it ends.
 * @returns a function that frees it
 * @throws AlreadyRunning
 */
export function lockAgentFolder(folder: string): () => void {
  makePrivateFolder(folder);
  const descriptor = openSync(join(folder, LOCK_FILE), "a+", 0o600);
  if (!tryLock(descriptor)) {
    closeSync(descriptor);
    throw new AlreadyRunning(`An agent already runs in ${folder}. See: etabli status`);
  }
  return () => closeSync(descriptor);
}
