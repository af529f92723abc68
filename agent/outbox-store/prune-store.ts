import { DAY_MS } from "#schema/time";
import { readBatch } from "../seal-batch.ts";
import type { Change } from "./change.ts";
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

/**
 * Drops what is older than raw events are kept, counted from the end of its day as the site counts: sealed batches are
 * told as too late, open events counted as lost, refused batches forgotten. What left is kept for a day.
 */
export function pruneStore(change: Change, now: number, rawDays: number): Pruned {
  const { tables, state } = change;
  const isTooOld = (dayEnd: number) => dayEnd + rawDays * DAY_MS < now;
  const pruned: Pruned = { batches: 0, events: 0, letters: 0, mirrored: pruneMirror(change, now) };

  const batches: BatchKey[] = [];
  for (const { key, value } of tables.sealed.getRange()) {
    const header = peekSealed(value);
    if (header && isTooOld(header.firstDayEnd ?? dayEndOf(header.sealedAt))) batches.push(key);
  }
  for (const [epoch, seq] of batches) dropSealed(change, epoch, seq, "too-late");
  pruned.batches = batches.length;

  const events: OpenRecord[] = [];
  for (const record of readOpen(tables))
    if (record.entry && isTooOld(dayEndOfEvent(record.entry.found))) events.push(record);
  for (const record of events) dropOpen(change, record);
  state.lostUnnumbered += events.length;
  pruned.events = events.length;

  for (const { key, letter } of [...readDeadLetters(tables)]) {
    const batch = letter.text === "" ? null : readBatch(Buffer.from(letter.text, "utf8"));
    if (!batch || !isTooOld(firstDayEndOf(batch))) continue;
    tables.dead.removeSync(key);
    state.dead -= 1;
    pruned.letters += 1;
  }
  const { batches: old, letters, mirrored } = pruned;
  if (old + events.length + letters + mirrored > 0) state.unwiped = true;
  return pruned;
}

function dayEndOfEvent({ type, event }: TypedEvent): number {
  return dayEndOf(type === "mark" ? event.at : event.start);
}
