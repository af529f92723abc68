import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import type { z } from "zod";
import { writePrivateFile } from "./private-file.ts";

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Writes a JSON document only its owner can read: with a key, also not whoever shares the machine's account. */
export function writeDocument(path: string, value: unknown, key?: Buffer): void {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  writePrivateFile(path, key ? `${encrypt(text, key)}\n` : text);
}

/** A document is not what was written; the message names the file and quotes nothing of it. */
export class DamagedDocument extends Error {
  override name = "DamagedDocument";
}

/**
 * Reads a document that was written so; null when there is none.
 * @throws DamagedDocument when it is not what was written, or the key is another one
 */
export function readDocument<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  key?: Buffer,
): z.output<Schema> | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
  try {
    return schema.parse(JSON.parse(key ? decrypt(text.trim(), key) : text));
  } catch {
    // Without the cause: it would quote what is in the file.
    throw new DamagedDocument(
      `${path} is damaged and cannot be read. Put it back from a copy, or move it away to begin without it.`,
    );
  }
}

function encrypt(text: string, key: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce);
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64");
}

function decrypt(text: string, key: Buffer): string {
  const sealed = Buffer.from(text, "base64");
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const body = sealed.subarray(NONCE_BYTES + TAG_BYTES);
  return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
}
