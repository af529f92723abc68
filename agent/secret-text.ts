import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A text that only the holder of a key of 32 bytes can read, or change unseen: one line of base64. */
export function sealText(text: string, key: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce);
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64");
}

/** The text of a line that was sealed with this key; null when it is not what was sealed, or the key is another. */
export function openText(line: string, key: Buffer): string | null {
  const bytes = Buffer.from(line, "base64");
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
  const cipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES));
  cipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const start = cipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, "utf8");
  try {
    return start + cipher.final("utf8");
  } catch {
    // Another key, or changed bytes: node says no more than that.
    return null;
  }
}
