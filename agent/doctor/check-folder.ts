import { accessSync, constants, existsSync, readdirSync, statfsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { readIdentity } from "../identity.ts";
import { hashFile } from "../outbox-store/check-store.ts";
import { hasContent } from "../outbox-store/set-aside.ts";
import { readSidecar } from "../outbox-store/sidecar.ts";
import { isShared } from "../session/profiles.ts";
import { type Check, fails, reasonOf, warns, works } from "./check.ts";

const MB = 1_000_000;
/** The outbox and the mirror take at most about a hundred. */
const LITTLE_SPACE = 300 * MB;
const NO_SPACE = 50 * MB;

/** The agent's folder: whose it is, who may read it, and what is in it. */
export function checkFolder(
  folder: string,
  platform: NodeJS.Platform,
  isRunning: boolean,
): Check[] {
  const found = existsSync(folder)
    ? [checkPrivate(folder, platform), checkOutbox(folder, isRunning)]
    : [];
  return [...found, checkSpace(folder), checkEnrolled(folder)];
}

function checkPrivate(folder: string, platform: NodeJS.Platform): Check {
  const of = { id: "folder", name: "Folder" };
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return fails(of, `${folder} cannot be written to by you`, "Make it yours again, or move it.");
  }
  const others = statSync(folder).mode & 0o077;
  if (platform !== "win32" && others !== 0)
    return fails(of, `${folder} can be read by others`, `chmod 700 "${folder}"`);
  return works(of, `${folder}, yours alone`);
}

function checkOutbox(folder: string, isRunning: boolean): Check {
  const of = { id: "outbox", name: "Outbox" };
  const aside = readdirSync(folder).filter((name) => name.startsWith("outbox.mdb.damaged"));
  if (aside.length > 0)
    return warns(
      of,
      `an outbox could not be read once, and was set aside: ${aside.join(", ")}`,
      "What was in it is lost; the file may be deleted.",
    );
  const path = join(folder, "outbox.mdb");
  if (isRunning) return works(of, "in use by the running agent");
  if (!hasContent(path)) return works(of, "none yet");
  try {
    const known = readSidecar(join(folder, "outbox.mark"));
    if (known?.cleanFile === hashFile(path)) return works(of, "whole, and closed in good order");
    return warns(of, "was not closed in good order", "Nothing: the next start checks it.");
  } catch (error) {
    return fails(of, reasonOf(error), "Check who owns the files in the agent's folder.");
  }
}

function checkSpace(folder: string): Check {
  const of = { id: "disk-space", name: "Disk space" };
  let place = folder;
  while (!existsSync(place)) place = dirname(place);
  const { bavail, bsize } = statfsSync(place);
  const free = bavail * bsize;
  const told = free > 10_000 * MB ? "plenty" : `${Math.floor(free / MB)} MB free`;
  if (free < NO_SPACE) return fails(of, told, "Free some, or events will be lost.");
  return free < LITTLE_SPACE ? warns(of, told, "Free some soon.") : works(of, told);
}

function checkEnrolled(folder: string): Check {
  const of = { id: "enrolled", name: "Enrolled" };
  try {
    if (isShared(folder)) return works(of, "shared: each person signs in");
    const identity = readIdentity(folder);
    if (identity) return works(of, `at ${identity.server}`);
    return fails(of, "not yet", "Ask your site for a code, then: etabli enrol <server> <code>");
  } catch (error) {
    return fails(of, `what is kept of it cannot be read (${reasonOf(error)})`, "Enrol again.");
  }
}
