import { createHash, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writePrivateFile } from "../private-file.ts";

const TOKEN_BYTES = 32;
/** 256 bits in base64url. */
const shape = /^[\w-]{43}$/;

/** Random bytes, unguessable: `randomBytes` of node:crypto. */
export type RandomBytes = (count: number) => Buffer;

/** A secret of 256 bits in 43 characters that may stand in an address. */
export function makeSecret(random: RandomBytes): string {
  return random(TOKEN_BYTES).toString("base64url");
}

/** Where the token is kept that opens the desk to other programs of the same person. */
function tokenFile(folder: string): string {
  return join(folder, "desk-token");
}

/** The folder's token; null when none was made, or what is there is none. */
export function readToken(folder: string): string | null {
  try {
    const text = readFileSync(tokenFile(folder), "utf8").trim();
    return shape.test(text) ? text : null;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** The folder's token, made at the first start in a file only its owner can read. */
export function keepToken(folder: string, random: RandomBytes): string {
  const known = readToken(folder);
  if (known !== null) return known;
  const token = makeSecret(random);
  writePrivateFile(tokenFile(folder), `${token}\n`);
  return token;
}

/** Whether two secrets are the same, in a time that does not tell where they differ. */
export function isSameSecret(given: string, kept: string): boolean {
  return timingSafeEqual(digestOf(given), digestOf(kept));
}

export function digestOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
