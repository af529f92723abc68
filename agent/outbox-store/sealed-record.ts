import { z } from "zod";
import { type Gap, gap } from "#schema/batch";
import { type SealedBatch, sha256Of } from "../seal-batch.ts";
import { unwrapRecord, wrapRecord } from "./record.ts";

const header = z.strictObject({
  workstation: z.string(),
  events: z.int(),
  sealedAt: z.string(),
  sha256: z.string(),
});

/** A sealed batch as a stored record: one line of JSON about it, then its very bytes. */
export function wrapSealed(sealed: SealedBatch): Buffer {
  const { workstation, events, sealedAt, sha256 } = sealed;
  const line = `${JSON.stringify({ workstation, events, sealedAt, sha256 })}\n`;
  return wrapRecord(Buffer.concat([Buffer.from(line, "utf8"), sealed.bytes]));
}

/** The sealed batch of a stored record, or null when record or bytes are not what was written. */
export function unwrapSealed(record: Uint8Array, epoch: number, seq: number): SealedBatch | null {
  const value = unwrapRecord(record);
  if (value === null) return null;
  const end = value.indexOf(0x0a);
  const about = header.parse(JSON.parse(value.subarray(0, end).toString("utf8")));
  const bytes = new Uint8Array(value.subarray(end + 1));
  return sha256Of(bytes) === about.sha256 ? { ...about, epoch, seq, bytes } : null;
}

/** The gap a sealed batch carries, if any: when the batch is lost, its news must travel with another. */
export function gapInside(bytes: Uint8Array): Gap | undefined {
  const carrier = z.looseObject({ gap: gap.optional() });
  return carrier.parse(JSON.parse(Buffer.from(bytes).toString("utf8"))).gap;
}
