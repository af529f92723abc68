import type { Batch } from "#schema/batch";
import { type SealedBatch, sealBatch } from "../seal-batch.ts";
import type { Change } from "./change.ts";
import { makeRoom, type OutboxLimits } from "./make-room.ts";
import { type Chosen, dropOpen } from "./open-queue.ts";
import { keepSealed } from "./sealed-queue.ts";
import { lastSeqOf } from "./state.ts";

export interface SealContext {
  workstation: string;
  epoch: number;
  /** sha256 of the charter for events recorded before this outbox was told of one; others name theirs themselves. */
  charter: string;
  sealedAt: string;
}

/** Moves chosen open events, and a loss still to be told, into a batch with the next number; null when there is none. */
export function sealChosen(
  change: Change,
  { records, unreadable, charter, events }: Chosen,
  context: SealContext,
  limits: OutboxLimits,
): SealedBatch | null {
  const { state } = change;
  for (const record of [...records, ...unreadable]) dropOpen(change, record);
  state.lostUnnumbered += unreadable.length;
  const gap = state.gaps.shift();
  if (records.length === 0 && !gap) return null;
  state.epoch = context.epoch;
  const seq = lastSeqOf(state, context.epoch) + 1;
  const batch: Batch = { ...context, charter, seq, ...events, ...(gap && { gap }) };
  const sealed = sealBatch(batch);
  keepSealed(change, sealed, "here");
  makeRoom(change, limits, 1);
  return sealed;
}
