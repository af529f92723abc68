import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

/** Turns a text into one line of the file, and back: null when the line is not what was written. */
export interface LineSeal {
  seal(text: string): string;
  open(line: string): string | null;
}

const DIGEST_LETTERS = 16;

/** Lines that anyone who may read the file can read: the beginning of the text's sha256, and the text. */
export const plainLines: LineSeal = {
  seal: (text) => `${digest(text)} ${text}`,
  open(line) {
    const text = line.slice(DIGEST_LETTERS + 1);
    return line === `${digest(text)} ${text}` ? text : null;
  },
};

function digest(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex").slice(0, DIGEST_LETTERS);
}

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Lines that only the holder of a key of 32 bytes can read, or change unseen. */
export function makeSecretLines(key: Buffer): LineSeal {
  return {
    seal(text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce);
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64");
    },
    open(line) {
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
    },
  };
}
