import { closeSync, constants, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { z } from "zod";
import { sha256Of } from "../seal-batch.ts";

const LINE_BYTES = 1024;
/** Epochs remembered; a workstation sees more than one or two only after a fault. */
export const SIDECAR_EPOCHS = 8;

/**
 * What a second small file remembers of the store, to notice a loss the store itself is silent about. It is
 * written after each commit and never before, so it may lag behind the store but never be ahead of it.
 */
const sidecar = z.strictObject({
  /** False until the store has committed for the first time. */
  begun: z.boolean(),
  /** sha256 of the store file when it was closed in good order; null while it is open. */
  cleanFile: z.string().nullable(),
  /** Tells whether a key is the one of this store, without being any help in finding it; null without encryption. */
  keyCheck: z.string().nullable().default(null),
  /** Transactions of the store so far. */
  commits: z.int().default(0),
  /** Per epoch: the oldest number not yet acknowledged or told as lost, and the highest given out. */
  numbers: z.array(z.strictObject({ epoch: z.int(), first: z.int(), last: z.int() })),
});
export type Sidecar = z.infer<typeof sidecar>;

/** Reads the small file; null when there is none or when it is not what was written. */
export function readSidecar(path: string): Sidecar | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
  const digest = text.slice(0, 64);
  const body = text.slice(65).trimEnd();
  if (sha256Of(Buffer.from(body, "utf8")) !== digest) return null;
  const parsed = sidecar.safeParse(JSON.parse(body));
  return parsed.success ? parsed.data : null;
}

/** Keeps the small file open and overwrites its one line in place: cheap enough for every commit. */
export function openSidecar(path: string) {
  const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  return {
    write(value: Sidecar): void {
      const body = JSON.stringify(value);
      const line = `${sha256Of(Buffer.from(body, "utf8"))} ${body}`.padEnd(LINE_BYTES - 1);
      writeSync(file, `${line}\n`, 0);
    },
    close(): void {
      try {
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
    },
  };
}
