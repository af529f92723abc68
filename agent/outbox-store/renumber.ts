import { readBatch } from "../seal-batch.ts";
import type { Change } from "./change.ts";
import { listEvents } from "./open-event.ts";
import { isNumberedHere, readSealed, unseal } from "./sealed-queue.ts";

/** An epoch is given up over a conflict so often, within so long: more is no copied folder but a fault. */
const MAX_CONFLICTS = 3;
const CONFLICTS_MS = 3_600_000;

/**
 * The site holds another batch of that number, as when a copy of this folder sends too: its events return to the open
 * ones, and an outbox still in that epoch gives it up, so that it asks for one of its own. The number is not told as
 * lost: the site has a batch of it.
 * @returns false, and nothing changed, when the number was given elsewhere or this has happened too often
 */
export function renumberBatch(change: Change, epoch: number, seq: number, now: number): boolean {
  const { tables, state } = change;
  const sealed = readSealed(tables, epoch, seq);
  const batch = sealed && readBatch(sealed.bytes);
  if (!batch || !isNumberedHere(tables, epoch, seq)) return false;
  if (state.epoch === epoch) {
    state.conflicts = state.conflicts.filter((at) => Math.abs(now - at) < CONFLICTS_MS);
    if (state.conflicts.length >= MAX_CONFLICTS) return false;
    state.conflicts.push(now);
    state.epoch = null;
  }
  unseal(change, batch, listEvents(batch));
  return true;
}
