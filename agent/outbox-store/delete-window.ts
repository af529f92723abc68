import type { Deletion } from "../control/held.ts";
import { readBatch } from "../seal-batch.ts";
import type { Change } from "./change.ts";
import { cutEvent, type Window } from "./cut-event.ts";
import { readDeadLetters } from "./dead-letter.ts";
import { listEvents, type TypedEvent } from "./open-event.ts";
import { dropOpen, keepOpen, readOpen, replaceOpen } from "./open-queue.ts";
import { wrapJson } from "./record.ts";
import { isSent, readSealed, tellGap, unseal } from "./sealed-queue.ts";
import { unwrapSealed } from "./sealed-record.ts";
import type { Tables } from "./tables.ts";

/** What a deletion has done; whether it is off the disk is known only after the transaction. */
type Deleted = Omit<Deletion, "wiped">;

/** What is left of some events, and how many of them are gone whole or in part. */
function cutEvents(events: readonly TypedEvent[], window: Window) {
  const cut = { left: [] as TypedEvent[], removed: 0, cut: 0 };
  for (const event of events) {
    const pieces = cutEvent(event, window);
    if (pieces.length === 0) cut.removed += 1;
    else if (pieces[0] !== event) cut.cut += 1;
    cut.left.push(...pieces);
  }
  return cut;
}

/**
 * Takes a window out of all that has not left: open events, and batches never sent, which are taken apart; their
 * numbers are told as deleted. A refused batch that speaks of the window keeps its number and the site's reasons only.
 * What may be at the site stays as it is and is counted.
 */
export function deleteWindow(change: Change, window: Window): Deleted {
  const deletion: Deleted = { removed: 0, cut: 0, alreadySent: 0 };
  deleteOpen(change, window, deletion);
  deleteSealed(change, window, deletion);
  deleteLetters(change, window, deletion);
  for (const { key, value } of change.tables.mirror.getRange()) {
    const left = unwrapSealed(value, key[1], key[2]);
    if (left && touches(left.bytes, window)) deletion.alreadySent += 1;
  }
  const { state } = change;
  state.unwiped = true;
  state.wipeAsideFrom = Math.min(state.wipeAsideFrom ?? window.from, window.from);
  return deletion;
}

function deleteOpen(change: Change, window: Window, deletion: Deleted): void {
  const touched = [...findTouched(change.tables, window)];
  for (const { record, note, pieces } of touched) {
    const [first, ...more] = pieces;
    if (first === undefined) {
      dropOpen(change, record);
      deletion.removed += 1;
      continue;
    }
    replaceOpen(change, record, first, note);
    keepOpen(change, more, note);
    deletion.cut += 1;
  }
}

function* findTouched(tables: Tables, window: Window) {
  for (const record of readOpen(tables)) {
    if (record.entry === null) continue;
    const { found, note } = record.entry;
    const pieces = cutEvent(found, window);
    if (pieces[0] !== found) yield { record, note, pieces };
  }
}

function deleteSealed(change: Change, window: Window, deletion: Deleted): void {
  const { tables } = change;
  for (const [epoch, seq] of [...tables.sealed.getKeys()]) {
    const sealed = readSealed(tables, epoch, seq);
    const batch = sealed && readBatch(sealed.bytes);
    if (!batch) continue;
    const { left, removed, cut } = cutEvents(listEvents(batch), window);
    if (removed + cut === 0) continue;
    if (isSent(tables, epoch, seq)) {
      deletion.alreadySent += 1;
      continue;
    }
    unseal(change, batch, left);
    tellGap(change, epoch, seq, "deleted");
    deletion.removed += removed;
    deletion.cut += cut;
  }
}

function deleteLetters({ tables }: Change, window: Window, deletion: Deleted): void {
  for (const { key, letter } of [...readDeadLetters(tables)]) {
    if (letter.text === "") continue;
    const batch = readBatch(Buffer.from(letter.text, "utf8"));
    const { removed, cut } = cutEvents(batch ? listEvents(batch) : [], window);
    // One that this version cannot read may speak of anything.
    if (batch && removed + cut === 0) continue;
    tables.dead.putSync(key, wrapJson({ ...letter, text: "" }));
    deletion.removed += removed + cut;
  }
}

function touches(bytes: Uint8Array, window: Window): boolean {
  const batch = readBatch(bytes);
  return batch !== null && listEvents(batch).some((event) => cutEvent(event, window)[0] !== event);
}
