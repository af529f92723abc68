import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CHOICES_FILE, choices } from "./choices.ts";
import { forgetGateway } from "./gateway/store/store.ts";
import { type Identity, identityFile } from "./identity.ts";
import { openOutbox } from "./outbox.ts";
import { hasContent, moveAside, nameAside } from "./outbox-store/set-aside.ts";
import { readDocument, writeDocument } from "./private-document.ts";
import { syncFolder } from "./private-file.ts";
import { HOURS_FILE } from "./session/hours.ts";

/*
 * Another identity needs another outbox: batches are numbered and signed for one workstation. The new identity is
 * first written beside the old one; from that moment on the replacement is carried through, also by the next start
 * after a crash.
 */

const outboxFile = (folder: string) => join(folder, "outbox.mdb");
const nextIdentityFile = (folder: string) => `${identityFile(folder)}.next`;

/** Whether a replacement was begun and not carried through. */
export function isReplacing(folder: string): boolean {
  return existsSync(nextIdentityFile(folder));
}

/** What waits to be sent in a folder, and where it will lie once set aside, in words; null when nothing waits. */
export async function describeUnsent(
  folder: string,
  now: number,
  encryptionKey?: Buffer,
): Promise<string | null> {
  const path = outboxFile(folder);
  if (!hasContent(path)) return null;
  const outbox = openOutbox(folder, encryptionKey && { encryptionKey });
  const { sealed, sealedEvents, open } = outbox.counts();
  const { loss } = outbox;
  await outbox.close();
  if (loss) return loss.message;
  if (sealed + open === 0) return null;
  const what = `batches: ${sealed}, with ${sealedEvents} events; events in no batch yet: ${open}`;
  return `Not sent yet, and set aside now (${what}). They stay on this machine, in ${nameAside(path, "replaced", now)}`;
}

/** Makes this the folder's identity, with no outbox; the outbox of the one before is kept aside. */
export function replaceIdentity(
  folder: string,
  identity: Identity,
  now: number,
  key?: Buffer,
): void {
  const path = join(folder, CHOICES_FILE);
  const chosen = readDocument(path, choices, key);
  if (chosen) writeDocument(path, { ...chosen, accepted: [] }, key);
  writeDocument(nextIdentityFile(folder), identity, key);
  finishReplacement(folder, now);
}

/** Carries a replacement through that was begun, if any. The caller holds the folder's lock. */
export function finishReplacement(folder: string, now: number): void {
  if (!isReplacing(folder)) return;
  for (const path of [outboxFile(folder), join(folder, "outbox.mark")])
    if (existsSync(path)) moveAside(path, "replaced", now);
  rmSync(`${outboxFile(folder)}-lock`, { force: true });
  // Hours and watchers' buckets of whoever used it before say nothing to whoever comes next. What was switched off stays
  // off; what needs a yes needs it anew.
  rmSync(join(folder, HOURS_FILE), { force: true });
  forgetGateway(folder);
  // On disk in this order: no new identity with an outbox of the one before.
  syncFolder(folder);
  renameSync(nextIdentityFile(folder), identityFile(folder));
  syncFolder(folder);
}
