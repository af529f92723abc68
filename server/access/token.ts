import { createHash } from "node:crypto";

/** Gives that many unpredictable bytes. */
export type RandomBytes = (bytes: number) => Buffer;

/** A secret of 256 bits, 43 characters of base64url. */
export function newToken(random: RandomBytes): string {
  return random(32).toString("base64url");
}

/** What is kept of a secret: its sha256. Secrets of 128 bits and more need no salt and no slow hash. */
export function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
