import { formatIdentity } from "#schema/activity";
import { type Batch, batch as batchSchema } from "#schema/batch";
import {
  MAX_RECEIPTS,
  MAX_STORED_DAYS,
  type ReceiptsQuery,
  type ReceiptsReply,
  type StoredQuery,
  type StoredReply,
} from "#schema/live";
import { DAY_MS, formatTimestamp, millisecondsOf } from "#schema/time";
import type { Comparison } from "../control/held.ts";

/** A batch that left, as this machine keeps it. */
export interface LeftBatch {
  epoch: number;
  seq: number;
  sha256: string;
  bytes: Uint8Array;
}

/** What can be asked of the site about what it holds of this workstation. */
export interface Questions {
  readReceipts: (query: ReceiptsQuery) => Promise<ReceiptsReply>;
  readStored: (query: StoredQuery) => Promise<StoredReply>;
}

type Event = { id?: string | undefined } & Record<string, unknown>;

/**
 * Compares what left with what the site has: the hash it noted on receipt, and each event it holds now, field by
 * field. @throws when the site does not answer
 */
export async function compareMirror(
  left: readonly LeftBatch[],
  ask: Questions,
): Promise<Comparison[]> {
  const batches = left.map(({ bytes, ...about }) => ({
    ...about,
    batch: batchSchema.parse(JSON.parse(Buffer.from(bytes).toString("utf8"))),
  }));
  const receipts = await readReceipts(left, ask);
  const stored = await readStored(
    batches.map(({ batch }) => batch),
    ask,
  );
  return batches.map(({ epoch, seq, sha256, batch }, place) => {
    const events: Record<string, unknown>[] = [...batch.spans, ...batch.marks, ...batch.tallies];
    const eventsSame = events.filter((event, index) => {
      const held = stored.get(formatIdentity(batch, index));
      return held !== undefined && spell(held) === spell(event);
    }).length;
    const siteSha256 = receipts[place] ?? null;
    const same = siteSha256 === sha256 && eventsSame === events.length;
    return { epoch, seq, sha256, siteSha256, events: events.length, eventsSame, same };
  });
}

async function readReceipts(left: readonly LeftBatch[], ask: Questions) {
  const noted: (string | null)[] = [];
  for (let first = 0; first < left.length; first += MAX_RECEIPTS) {
    const batches = left
      .slice(first, first + MAX_RECEIPTS)
      .map(({ epoch, seq }) => ({ epoch, seq }));
    const reply = await ask.readReceipts({ batches });
    noted.push(...reply.sha256);
  }
  return noted;
}

/** All events the site holds in the time these batches speak of, by identity. */
async function readStored(batches: readonly Batch[], ask: Questions): Promise<Map<string, Event>> {
  const held = new Map<string, Event>();
  const times = batches.flatMap(({ spans, marks, tallies }) => [
    ...spans.flatMap(({ start, end }) => [start, end]),
    ...marks.map(({ at }) => at),
    ...tallies.map(({ start }) => start),
  ]);
  if (times.length === 0) return held;
  const instants = times.map(millisecondsOf);
  // The window is half-open: what happens in its last instant lies outside.
  const last = instants.reduce((a, b) => Math.max(a, b)) + 1;
  const step = MAX_STORED_DAYS * DAY_MS;
  for (let from = instants.reduce((a, b) => Math.min(a, b)); from < last; from += step) {
    const to = Math.min(from + step, last);
    const reply = await ask.readStored({
      from: formatTimestamp(from, 0),
      to: formatTimestamp(to, 0),
    });
    for (const event of [...reply.spans, ...reply.marks, ...reply.tallies])
      if (event.id !== undefined) held.set(event.id, event);
  }
  return held;
}

/** An event without its identity, in one spelling. */
function spell({ id: _, ...event }: Event): string {
  return JSON.stringify(
    Object.entries(event)
      .filter(([, value]) => value !== undefined)
      .sort(),
  );
}
