import { setImmediate as yieldToOthers } from "node:timers/promises";
import { formatIdentity } from "#schema/activity";
import type { Batch } from "#schema/batch";
import { MAX_RECEIPTS, type ReceiptsQuery, type ReceiptsReply } from "#schema/live";
import type { Comparison } from "../control/held.ts";
import { listEvents, type TypedEvent } from "../outbox-store/open-event.ts";
import { spellEvent } from "../outbox-store/spell-event.ts";
import { readBatch, type SealedBatch } from "../seal-batch.ts";
import { type AskStored, readStoredEvents } from "../sender/stored-events.ts";

/** A batch that left, as this machine keeps it. */
export type LeftBatch = Pick<SealedBatch, "epoch" | "seq" | "sha256" | "events" | "bytes">;

/** What can be asked of the site about what it holds of this workstation. */
export interface Questions extends AskStored {
  readReceipts: (query: ReceiptsQuery) => Promise<ReceiptsReply>;
}

/** So much is asked about at once: a day may have left in thousands of batches. */
const CHUNK_BYTES = 512 * 1024;
/** After so much reading, whatever else waits in this process has its turn: some milliseconds of work. */
const TURN_BYTES = 64 * 1024;

/** A batch that left, and what is in it; null when this version cannot read it. */
interface Read {
  left: LeftBatch;
  batch: Batch | null;
  events: TypedEvent[];
}

/**
 * Compares what left with what the site has: the hash it noted on receipt, and each event it holds now, field by
 * field. Reads and asks piece by piece, so that the agent goes on meanwhile. @throws when the site does not answer
 */
export async function compareMirror(
  left: Iterable<LeftBatch>,
  ask: Questions,
): Promise<Comparison[]> {
  const compared: Comparison[] = [];
  for await (const chunk of readInChunks(left)) {
    const batches = chunk.map(({ left: { epoch, seq } }) => ({ epoch, seq }));
    const receipts = await ask.readReceipts({ batches });
    const stored = await readStoredEvents(
      chunk.flatMap(({ events }) => events),
      ask,
    );
    for (const [place, read] of chunk.entries())
      compared.push(compare(read, receipts.sha256[place] ?? null, stored));
  }
  return compared;
}

async function* readInChunks(left: Iterable<LeftBatch>): AsyncIterable<Read[]> {
  let chunk: Read[] = [];
  let bytes = 0;
  let turn = 0;
  for (const each of left) {
    const batch = readBatch(each.bytes);
    chunk.push({ left: each, batch, events: batch ? listEvents(batch) : [] });
    bytes += each.bytes.length;
    turn += each.bytes.length;
    if (turn >= TURN_BYTES) {
      turn = 0;
      await yieldToOthers();
    }
    if (bytes < CHUNK_BYTES && chunk.length < MAX_RECEIPTS) continue;
    yield chunk;
    chunk = [];
    bytes = 0;
  }
  if (chunk.length > 0) yield chunk;
}

function compare(
  { left, batch, events }: Read,
  siteSha256: string | null,
  stored: ReadonlyMap<string, TypedEvent>,
): Comparison {
  const eventsSame = events.filter((event, index) => {
    const held = batch && stored.get(formatIdentity(batch, index));
    return held && spellEvent(held) === spellEvent(event);
  }).length;
  const { epoch, seq, sha256 } = left;
  const same = siteSha256 === sha256 && eventsSame === left.events;
  return { epoch, seq, sha256, siteSha256, events: left.events, eventsSame, same };
}
