import { createHash } from "node:crypto";
import { type Batch, batch as batchSchema, countEvents } from "#schema/batch";
import { firstDayEndOf, latestOf } from "./outbox-store/event-times.ts";

/** A batch as it leaves: the bytes are made once, and hashed, sent and compared as those bytes. */
export interface SealedBatch {
  workstation: string;
  epoch: number;
  seq: number;
  sealedAt: string;
  bytes: Uint8Array;
  /** Over exactly `bytes`, in hex. */
  sha256: string;
  /** How many spans, marks and tallies are inside. */
  events: number;
  /** The latest time it speaks of, epoch ms. */
  latest: number;
  /** The end of the earliest local day it speaks of, epoch ms. */
  firstDayEnd: number;
}

/** The sha256 of bytes in hex. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Serialises a batch once and hashes those very bytes. The same batch always gives the same bytes. */
export function sealBatch(batch: Batch): SealedBatch {
  const { workstation, epoch, seq, charter, sealedAt, spans, marks, tallies, gap } = batch;
  const ordered = { workstation, epoch, seq, charter, sealedAt, spans, marks, tallies, gap };
  const bytes = new Uint8Array(Buffer.from(JSON.stringify(ordered), "utf8"));
  return {
    workstation,
    epoch,
    seq,
    sealedAt,
    bytes,
    sha256: sha256Of(bytes),
    events: countEvents(batch),
    latest: latestOf(batch),
    firstDayEnd: firstDayEndOf(batch),
  };
}

/** What a sealed batch says; null when this version does not take it. */
export function readBatch(bytes: Uint8Array): Batch | null {
  const parsed = batchSchema.safeParse(JSON.parse(Buffer.from(bytes).toString("utf8")));
  return parsed.success ? parsed.data : null;
}
