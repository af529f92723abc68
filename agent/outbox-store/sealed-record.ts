import { z } from "zod";
import { type Gap, gap } from "#schema/batch";
import type { SealedBatch } from "../seal-batch.ts";
import { unwrapRecord, wrapRecord } from "./record.ts";

const header = z.strictObject({
  epoch: z.int(),
  seq: z.int(),
  workstation: z.string(),
  events: z.int(),
  sealedAt: z.string(),
  sha256: z.string(),
});

/** A sealed batch as a stored record: one line of JSON about it, then its very bytes. */
export function wrapSealed(sealed: SealedBatch): Buffer {
  const { workstation, epoch, seq, events, sealedAt, sha256 } = sealed;
  const line = `${JSON.stringify({ workstation, epoch, seq, events, sealedAt, sha256 })}\n`;
  return wrapRecord(Buffer.concat([Buffer.from(line, "utf8"), sealed.bytes]));
}

/** The sealed batch of a stored record, or null when it is not what was written under that number. */
export function unwrapSealed(record: Uint8Array, epoch: number, seq: number): SealedBatch | null {
  const value = unwrapRecord(record);
  if (value === null) return null;
  const end = value.indexOf(0x0a);
  const about = header.parse(JSON.parse(value.subarray(0, end).toString("utf8")));
  const bytes = new Uint8Array(value.subarray(end + 1));
  return about.epoch === epoch && about.seq === seq ? { ...about, bytes } : null;
}

/** The gap a sealed batch carries, if any: when the batch is lost, its news must travel with another. */
export function gapInside(bytes: Uint8Array): Gap | undefined {
  const carrier = z.looseObject({ gap: gap.optional() });
  return carrier.parse(JSON.parse(Buffer.from(bytes).toString("utf8"))).gap;
}
