import { existsSync, readdirSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, resolve } from "node:path";
import { LOCK_FILE, lockAgentFolder } from "../folder-lock.ts";
import { identityFile } from "../identity.ts";
import { isShared } from "../session/profiles.ts";

/** What is left in the agent's folder, in words; null when there is none. */
export function describeData(folder: string): string | null {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return null;
  return `Still on this machine: ${folder}, with the key of this workstation, your choices, and what was not sent yet.`;
}

/** What an agent makes, or is given to read, in its folder; nothing else there is its to delete. */
const ownNames =
  /^(identity\.json(\.next)?|choices\.json|hours\.json|shared\.json|application-rules\.json|feed-mapping\.json|desk-token|open-desk\.html|outbox\.(mdb|mark).*|gateway\.lines.*|agent\.(lock|sock)|people|program)(\.draft)?$/;

/**
 * Deletes what is the agent's in its folder, and the folder if nothing else is in it.
 * @returns the names of what stays
 * @throws AlreadyRunning, or when the folder is not one the agent made for itself
 */
export function deleteData(folder: string): string[] {
  const isOurs = existsSync(identityFile(folder)) || isShared(folder);
  if (!isOurs || isAbove(folder, homedir()) || isAbove(folder, process.cwd()))
    throw new Error(
      `${folder} does not look like a folder of the agent alone. Nothing was deleted.`,
    );
  // Nobody starts an agent in it meanwhile; the lock goes with the folder.
  const unlock = lockAgentFolder(folder);
  for (const name of readdirSync(folder))
    if (name !== LOCK_FILE && ownNames.test(name))
      rmSync(`${folder}/${name}`, { recursive: true, force: true });
  unlock();
  rmSync(`${folder}/${LOCK_FILE}`, { force: true });
  const others = readdirSync(folder);
  if (others.length === 0) rmSync(folder, { recursive: true, force: true });
  return others;
}

/** Whether a folder is this one, or around it. */
function isAbove(folder: string, other: string): boolean {
  const target = resolve(folder);
  for (let place = resolve(other); ; place = dirname(place)) {
    if (place === target) return true;
    if (place === dirname(place)) return false;
  }
}
