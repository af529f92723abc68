import type { Batch, Gap } from "#schema/batch";
import { readBatch, type SealedBatch } from "../seal-batch.ts";
import type { Change } from "./change.ts";
import { listEvents, type TypedEvent } from "./open-event.ts";
import { keepOpen } from "./open-queue.ts";
import { wrapJson } from "./record.ts";
import { gapInside, peekSealed, unwrapSealed, wrapSealed } from "./sealed-record.ts";
import { addGap, recordSeq } from "./state.ts";
import type { BatchKey, Tables } from "./tables.ts";

/** Who numbered a batch: one numbered elsewhere has its number for good, whether it was sent or not. */
type Numbered = "here" | "elsewhere";

/** Adds a sealed batch; its number is used from now on. */
export function keepSealed(change: Change, sealed: SealedBatch, numbered: Numbered): void {
  const { tables, state } = change;
  tables.sealed.putSync([sealed.epoch, sealed.seq], wrapSealed(sealed));
  state.sealed += 1;
  state.sealedBytes += sealed.bytes.length;
  state.sealedEvents += sealed.events;
  recordSeq(state, sealed.epoch, sealed.seq);
  if (numbered === "elsewhere") keepSentMark(change, sealed.epoch, sealed.seq, numbered);
}

/** Notes that a batch may be at the site. */
export function keepSentMark(
  { tables, state }: Change,
  epoch: number,
  seq: number,
  numbered: Numbered = "here",
): void {
  if (isSent(tables, epoch, seq)) return;
  tables.sent.putSync([epoch, seq], wrapJson({ numbered }));
  state.sent += 1;
}

/** Whether a copy of that batch may be at the site. */
export function isSent(tables: Tables, epoch: number, seq: number): boolean {
  return tables.sent.doesExist([epoch, seq]);
}

/** Whether the outbox itself numbered that batch, and so may number its events anew. */
export function isNumberedHere(tables: Tables, epoch: number, seq: number): boolean {
  return !tables.sent.get([epoch, seq])?.equals(wrapJson({ numbered: "elsewhere" }));
}

/** Reads a sealed batch; null when it is not there or damaged. */
export function readSealed(tables: Tables, epoch: number, seq: number): SealedBatch | null {
  const record = tables.sealed.get([epoch, seq]);
  return record === undefined ? null : unwrapSealed(record, epoch, seq);
}

/** Whether the very same batch waits. @throws when other bytes wait under its number */
export function waitsAlready(tables: Tables, { epoch, seq, sha256 }: SealedBatch): boolean {
  if (!tables.sealed.doesExist([epoch, seq])) return false;
  if (readSealed(tables, epoch, seq)?.sha256 === sha256) return true;
  throw new Error(`batch ${epoch}/${seq} is pending with other content`);
}

/** The oldest sealed batches that are not skipped, each verified, and the numbers of damaged ones among them. */
export function findPending(
  tables: Tables,
  limit: number,
  skip: (epoch: number, seq: number) => boolean,
): { found: SealedBatch[]; damaged: BatchKey[] } {
  const found: SealedBatch[] = [];
  const damaged: BatchKey[] = [];
  for (const [epoch, seq] of tables.sealed.getKeys({ snapshot: false })) {
    if (found.length >= limit) break;
    if (skip(epoch, seq)) continue;
    const batch = readSealed(tables, epoch, seq);
    if (batch) found.push(batch);
    else damaged.push([epoch, seq]);
  }
  return { found, damaged };
}

/** A sealed batch as its owner looks at it. `sent`: it may be at the site, and can no longer be changed here. */
export interface ListedBatch {
  batch: SealedBatch;
  sent: boolean;
  /** In the order in which the batch numbers them. */
  contents: TypedEvent[];
}

/** The oldest sealed batches that can be read. */
export function listSealed(tables: Tables, limit: number): ListedBatch[] {
  return findPending(tables, limit, () => false).found.map((batch) => {
    const read = readBatch(batch.bytes);
    const contents = read ? listEvents(read) : [];
    return { batch, sent: isSent(tables, batch.epoch, batch.seq), contents };
  });
}

/** When the oldest sealed batch was sealed; null when there is none. */
export function readOldestSealedAt(tables: Tables): string | null {
  const [oldest] = [...tables.sealed.getRange({ limit: 1 })];
  return (oldest && peekSealed(oldest.value)?.sealedAt) ?? null;
}

/** Takes out a sealed batch that is there; null when it is damaged. */
export function takeSealed(
  { tables, state }: Change,
  epoch: number,
  seq: number,
): SealedBatch | null {
  const sealed = readSealed(tables, epoch, seq);
  if (isSent(tables, epoch, seq)) {
    tables.sent.removeSync([epoch, seq]);
    state.sent -= 1;
  }
  tables.sealed.removeSync([epoch, seq]);
  state.sealed -= 1;
  state.sealedBytes -= sealed?.bytes.length ?? 0;
  state.sealedEvents -= sealed?.events ?? 0;
  if (state.sealed === 0) {
    // What a damaged batch weighed is not known; with none left, nothing weighs.
    state.sealedBytes = 0;
    state.sealedEvents = 0;
  }
  return sealed;
}

/**
 * Takes a batch apart: `kept` of its events return to the open ones, under the charter they were recorded under and
 * ready at once. The news of a loss that it carried travels with another batch.
 * @returns the numbers of the events kept
 */
export function unseal(change: Change, batch: Batch, kept: readonly TypedEvent[]): number[] {
  takeSealed(change, batch.epoch, batch.seq);
  if (batch.gap) change.state.gaps = addGap(change.state.gaps, batch.gap);
  return keepOpen(change, kept, { charter: batch.charter });
}

/** Notes that a batch will never come. */
export function tellGap(
  { state }: Change,
  epoch: number,
  seq: number,
  reason: Gap["reason"],
): void {
  state.gaps = addGap(state.gaps, { epoch, fromSeq: seq, toSeq: seq, reason });
}

/** Drops a sealed batch for good and tells it, with the news of another loss that it carried. */
export function dropSealed(
  change: Change,
  epoch: number,
  seq: number,
  reason: Gap["reason"],
): void {
  const lost = takeSealed(change, epoch, seq);
  const carried = lost ? gapInside(lost.bytes) : undefined;
  if (carried) change.state.gaps = addGap(change.state.gaps, carried);
  tellGap(change, epoch, seq, reason);
}
