import { DAY_MS } from "#schema/time";
import { readBatch } from "../seal-batch.ts";
import type { Change } from "./change.ts";
import type { CommittedStore } from "./committed-store.ts";
import { readDeadLetters } from "./dead-letter.ts";
import { dayEndOf, firstDayEndOf } from "./event-times.ts";
import { pruneMirror } from "./mirror.ts";
import type { TypedEvent } from "./open-event.ts";
import { dropOpen, type OpenRecord, readOpen } from "./open-queue.ts";
import { dropSealed } from "./sealed-queue.ts";
import { peekSealed } from "./sealed-record.ts";
import type { BatchKey } from "./tables.ts";

/** What was too old to be kept: sealed batches, open events, refused batches, batches that left. */
export interface Pruned {
  batches: number;
  events: number;
  letters: number;
  mirrored: number;
}

/** What time it is here and, when that is known now, at the site (epoch ms); and how many days raw events are kept. */
export interface PruneTimes {
  now: number;
  siteNow: number | null;
  rawDays: number;
}

/**
 * Drops what is older than raw events are kept, when the site's time is known, and what left more than a day ago; then
 * wipes it off the disk, with whatever else waits for that.
 */
export function pruneStore(store: CommittedStore, { now, siteNow, rawDays }: PruneTimes): Pruned {
  const pruned = store.commit((change) => ({
    batches: 0,
    events: 0,
    letters: 0,
    ...(siteNow !== null && pruneAged(change, siteNow, rawDays)),
    mirrored: pruneMirror(change, now),
  }));
  store.wipe(siteNow === null ? undefined : siteNow - rawDays * DAY_MS);
  return pruned;
}

/**
 * Drops what is older than raw events are kept, counted from the end of its day as the site counts: sealed batches are
 * told as too late, open events counted as lost, refused batches forgotten.
 * @param siteNow epoch ms by the site's clock: one of this machine that runs ahead would drop what is not old
 */
function pruneAged(change: Change, siteNow: number, rawDays: number): Omit<Pruned, "mirrored"> {
  const { tables, state } = change;
  const isTooOld = (dayEnd: number) => dayEnd + rawDays * DAY_MS < siteNow;

  const batches: BatchKey[] = [];
  for (const { key, value } of tables.sealed.getRange()) {
    const header = peekSealed(value);
    if (header && isTooOld(header.firstDayEnd ?? dayEndOf(header.sealedAt))) batches.push(key);
  }
  for (const [epoch, seq] of batches) dropSealed(change, epoch, seq, "too-late");

  const events: OpenRecord[] = [];
  for (const record of readOpen(tables))
    if (record.entry && isTooOld(dayEndOfEvent(record.entry.found))) events.push(record);
  for (const record of events) dropOpen(change, record);
  state.lostUnnumbered += events.length;

  let letters = 0;
  for (const { key, letter } of [...readDeadLetters(tables)]) {
    const batch = letter.text === "" ? null : readBatch(Buffer.from(letter.text, "utf8"));
    if (!batch || !isTooOld(firstDayEndOf(batch))) continue;
    tables.dead.removeSync(key);
    state.dead -= 1;
    letters += 1;
  }
  if (batches.length + events.length + letters > 0) state.unwiped = true;
  return { batches: batches.length, events: events.length, letters };
}

function dayEndOfEvent({ type, event }: TypedEvent): number {
  return dayEndOf(type === "mark" ? event.at : event.start);
}
