import { readFileSync } from "node:fs";
import type { z } from "zod";
import { writePrivateFile } from "./private-file.ts";
import { openText, sealText } from "./secret-text.ts";

/** Writes a JSON document only its owner can read: with a key, also not whoever shares the machine's account. */
export function writeDocument(path: string, value: unknown, key?: Buffer): void {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  writePrivateFile(path, key ? `${sealText(text, key)}\n` : text);
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
    return schema.parse(JSON.parse(key ? (openText(text.trim(), key) ?? "") : text));
  } catch {
    // Without the cause: it would quote what is in the file.
    throw new DamagedDocument(
      `${path} is damaged and cannot be read. Put it back from a copy, or move it away to begin without it.`,
    );
  }
}
