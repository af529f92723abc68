import { createHash, createHmac, randomBytes, scryptSync, timingSafeEqual } from "node:crypto";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { lockAgentFolder } from "../folder-lock.ts";
import { moveAside } from "../outbox-store/set-aside.ts";
import { readDocument, writeDocument } from "../private-document.ts";

/** OWASP's least for scrypt, and 64 MB for about a fifth of a second. */
const COST = { N: 65_536, r: 8, p: 1, maxmem: 128 * 1024 * 1024 };
const MIN_PASSPHRASE = 8;

/** Marks a folder as that of a machine at which several people take turns. */
const shared = z.strictObject({ format: z.literal("etabli-shared/1"), salt: z.base64url() });

/** What is needed to check a passphrase; the passphrase and the key it gives are nowhere. */
const lock = z.strictObject({ salt: z.base64url(), check: z.base64url() });

/** The sign-in did not work; the message says what to do. */
export class SignInError extends Error {
  override name = "SignInError";
}

/** One person's own folder on a shared machine, and the key its files are encrypted with. */
export interface Profile {
  folder: string;
  key: Buffer;
}

const sharedFile = (home: string) => join(home, "shared.json");
const lockFile = (folder: string) => join(folder, "lock.json");

/** Whether several people take turns at this machine. */
export function isShared(home: string): boolean {
  return existsSync(sharedFile(home));
}

/**
 * Makes a person's folder on a shared machine. Its name says nothing of theirs, and nothing in it can be read without
 * the passphrase; a lost passphrase is lost, and the person enrols anew.
 * @param anew give up what that name had here: it stays set aside, for whoever still has its passphrase
 * @throws SignInError when the passphrase is too short, or the name is taken with another one
 */
export function makeProfile(
  home: string,
  name: string,
  passphrase: string,
  anew?: { now: number },
): Profile {
  if (passphrase.length < MIN_PASSPHRASE)
    throw new SignInError(`A passphrase has at least ${MIN_PASSPHRASE} characters.`);
  if (!isShared(home))
    writeDocument(sharedFile(home), { format: "etabli-shared/1", salt: newSalt() });
  const folder = profileFolder(home, name);
  if (anew && existsSync(lockFile(folder))) {
    // Not from under whoever is signed in there.
    lockAgentFolder(folder)();
    moveAside(folder, "replaced", anew.now);
  }
  if (existsSync(lockFile(folder))) return unlockProfile(home, name, passphrase);
  const salt = newSalt();
  const { key, check } = deriveKey(passphrase, salt);
  writeDocument(lockFile(folder), { salt, check: check.toString("base64url") });
  return { folder, key };
}

/** Takes a folder away in which nobody was enrolled; with the last one the machine is shared no more. */
export function forgetProfile(home: string, { folder }: Profile): void {
  rmSync(folder, { recursive: true, force: true });
  const people = join(home, "people");
  if (readdirSync(people).length > 0) return;
  rmSync(people, { recursive: true, force: true });
  rmSync(sharedFile(home), { force: true });
}

/** Opens a person's folder. @throws SignInError, which does not say which of the two was wrong */
export function unlockProfile(home: string, name: string, passphrase: string): Profile {
  const folder = profileFolder(home, name);
  const known = readDocument(lockFile(folder), lock);
  // The same work for a name nobody has: the time taken tells nothing.
  const { key, check } = deriveKey(passphrase, known?.salt ?? newSalt());
  if (!known || !timingSafeEqual(check, Buffer.from(known.check, "base64url")))
    throw new SignInError(
      "That name and passphrase do not belong together here. Try again. A passphrase that is lost is lost: enrol anew with a new code, --shared --replace",
    );
  return { folder, key };
}

function profileFolder(home: string, name: string): string {
  const marker = readDocument(sharedFile(home), shared);
  if (!marker) throw new SignInError("This workstation is not shared, so nobody signs in here.");
  const spelled = name.trim().normalize("NFC").toLowerCase();
  const digest = createHmac("sha256", marker.salt).update(spelled).digest("hex");
  return join(home, "people", digest.slice(0, 24));
}

function newSalt(): string {
  return randomBytes(16).toString("base64url");
}

function deriveKey(passphrase: string, salt: string): { key: Buffer; check: Buffer } {
  const derived = scryptSync(passphrase.normalize("NFC"), Buffer.from(salt, "base64url"), 64, COST);
  // lmdb takes its key as 32 characters: hex keeps every byte of it what it is.
  const key = Buffer.from(derived.subarray(0, 16).toString("hex"), "ascii");
  return { key, check: createHash("sha256").update(derived.subarray(32)).digest() };
}
