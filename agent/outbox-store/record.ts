import { createHash } from "node:crypto";

const DIGEST_BYTES = 32;
/** Bytes of a record before its value. */
export const RECORD_FRAME_BYTES = DIGEST_BYTES;

/** A value as it is stored: its sha256, then the value. LMDB itself notices no flipped bit (measured). */
export function wrapRecord(value: Uint8Array): Buffer {
  return Buffer.concat([createHash("sha256").update(value).digest(), value]);
}

/** The value of a stored record, or null when it is not what was written. */
export function unwrapRecord(record: Uint8Array): Buffer | null {
  if (record.length < DIGEST_BYTES) return null;
  const stored = Buffer.from(record);
  const value = stored.subarray(DIGEST_BYTES);
  const digest = createHash("sha256").update(value).digest();
  return digest.equals(stored.subarray(0, DIGEST_BYTES)) ? value : null;
}

/** A JSON value as a stored record. */
export function wrapJson(value: unknown): Buffer {
  return wrapRecord(Buffer.from(JSON.stringify(value), "utf8"));
}

/** The JSON value of a stored record, or undefined when the record is damaged. */
export function unwrapJson(record: Uint8Array): unknown {
  const value = unwrapRecord(record);
  return value === null ? undefined : JSON.parse(value.toString("utf8"));
}
