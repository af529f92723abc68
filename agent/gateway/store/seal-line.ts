import { createHash } from "node:crypto";
import { openText, sealText } from "../../secret-text.ts";

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

/** Lines that only the holder of a key of 32 bytes can read, or change unseen. */
export function makeSecretLines(key: Buffer): LineSeal {
  return { seal: (text) => sealText(text, key), open: (line) => openText(line, key) };
}
