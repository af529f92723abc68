import { readBatch } from "../seal-batch.ts";
import type { Change } from "./change.ts";
import type { CommittedStore } from "./committed-store.ts";
import { type Doubles, type EventsAtSite, findDoubles, type KnownCopy } from "./find-doubles.ts";
import { isNumberedHere, readSealed, unseal } from "./sealed-queue.ts";

/** An epoch is given up over a conflict so often, within so long: more is no copied folder but a fault. */
const MAX_CONFLICTS = 3;
const CONFLICTS_MS = 3_600_000;

/** What this run has learnt of another copy of its folder. */
export interface CopyMet extends KnownCopy {
  seqs: Set<string>;
  identities: Set<string>;
}

/**
 * The site holds another batch of that number, as when a copy of this folder sends too: its events, but for those that
 * the copy has brought there, return to the open ones, and an outbox still in that epoch gives it up, so that it asks
 * for one of its own. The number is not told as lost: the site has a batch of it.
 * @returns false, and nothing changed, when the number was given elsewhere or this has happened too often
 */
export function renumberBatch(
  store: CommittedStore,
  number: { epoch: number; seq: number },
  about: { now: number; atSite: EventsAtSite; copy: CopyMet },
): boolean {
  const doubles = store.commit((change) => takeApart(change, number, about));
  if (doubles === null) return false;
  about.copy.seqs.add(`${number.epoch}/${number.seq}`);
  for (const identity of doubles.identities) about.copy.identities.add(identity);
  return true;
}

function takeApart(
  change: Change,
  { epoch, seq }: { epoch: number; seq: number },
  { now, atSite, copy }: { now: number; atSite: EventsAtSite; copy: KnownCopy },
): Doubles | null {
  const { tables, state } = change;
  const sealed = readSealed(tables, epoch, seq);
  const batch = sealed && readBatch(sealed.bytes);
  if (!batch || !isNumberedHere(tables, epoch, seq)) return null;
  const doubles = findDoubles(change, batch, atSite, copy);
  if (state.epoch === epoch) {
    state.conflicts = state.conflicts.filter((at) => Math.abs(now - at) < CONFLICTS_MS);
    const isTooOften = state.conflicts.length >= MAX_CONFLICTS;
    // With nothing left to send nothing can go round for ever.
    if (isTooOften && doubles.left.length > 0) return null;
    if (!isTooOften) {
      state.conflicts.push(now);
      state.epoch = null;
    }
  }
  unseal(change, batch, doubles.left);
  return doubles;
}
