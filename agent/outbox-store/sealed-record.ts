import { z } from "zod";
import { type Gap, gap } from "#schema/batch";
import { millisecondsOf } from "#schema/time";
import { readBatch, type SealedBatch } from "../seal-batch.ts";
import { dayEndOf, firstDayEndOf, latestOf } from "./event-times.ts";
import { RECORD_FRAME_BYTES, unwrapRecord, wrapRecord } from "./record.ts";

const LINE_END = 0x0a;

const header = z.strictObject({
  workstation: z.string(),
  epoch: z.int(),
  seq: z.int(),
  events: z.int(),
  sealedAt: z.string(),
  sha256: z.string(),
  /** Not in records of earlier versions. */
  latest: z.number().optional(),
  firstDayEnd: z.number().optional(),
});

/** What is known of a sealed batch without reading its bytes. */
export type SealedHeader = z.infer<typeof header> & { size: number };

/** A sealed batch as a stored record: one line of JSON about it, then its very bytes. */
export function wrapSealed({ bytes, ...about }: SealedBatch): Buffer {
  const line = `${JSON.stringify(header.parse(about))}\n`;
  return wrapRecord(Buffer.concat([Buffer.from(line, "utf8"), bytes]));
}

/** The sealed batch of a stored record, or null when it is not what was written under that number. */
export function unwrapSealed(record: Uint8Array, epoch: number, seq: number): SealedBatch | null {
  const value = unwrapRecord(record);
  if (value === null) return null;
  const end = value.indexOf(LINE_END);
  const about = header.parse(JSON.parse(value.subarray(0, end).toString("utf8")));
  if (about.epoch !== epoch || about.seq !== seq) return null;
  const bytes = new Uint8Array(value.subarray(end + 1));
  const { latest, firstDayEnd } = about;
  return latest !== undefined && firstDayEnd !== undefined
    ? { ...about, latest, firstDayEnd, bytes }
    : { ...about, ...timesInside(bytes, about.sealedAt), bytes };
}

function timesInside(bytes: Uint8Array, sealedAt: string) {
  const batch = readBatch(bytes);
  return batch
    ? { latest: latestOf(batch), firstDayEnd: firstDayEndOf(batch) }
    : { latest: millisecondsOf(sealedAt), firstDayEnd: dayEndOf(sealedAt) };
}

/** The line about a batch, unverified: cheap enough for lists and counts. Null when it cannot be read. */
export function peekSealed(record: Uint8Array): SealedHeader | null {
  const value = Buffer.from(record.buffer, record.byteOffset, record.byteLength);
  const end = value.indexOf(LINE_END, RECORD_FRAME_BYTES);
  if (end < 0) return null;
  try {
    const line = value.subarray(RECORD_FRAME_BYTES, end).toString("utf8");
    return { ...header.parse(JSON.parse(line)), size: value.length - end - 1 };
  } catch {
    // Damaged: whoever needs the batch itself finds that out by its hash.
    return null;
  }
}

/** The gap a sealed batch carries, if any: when the batch is lost, its news must travel with another. */
export function gapInside(bytes: Uint8Array): Gap | undefined {
  const carrier = z.looseObject({ gap: gap.optional() });
  return carrier.parse(JSON.parse(Buffer.from(bytes).toString("utf8"))).gap;
}
