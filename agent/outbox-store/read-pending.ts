import type { SealedBatch } from "../seal-batch.ts";
import { buryBatch } from "./bury-batch.ts";
import type { CommittedStore, TellLoss } from "./committed-store.ts";
import { findPending } from "./sealed-queue.ts";

/** The oldest sealed batches that are not skipped, each verified; a damaged one is moved aside and becomes a gap. */
export function readPending(
  store: CommittedStore,
  limit: number,
  skip: (epoch: number, seq: number) => boolean,
  onLoss: TellLoss,
): SealedBatch[] {
  const { found, damaged } = findPending(store.tables, limit, skip);
  for (const [epoch, seq] of damaged) {
    store.commit((change) => buryBatch(change, epoch, seq, null));
    const message = `Batch ${epoch}/${seq} was damaged on disk; it is told as lost and never sent.`;
    onLoss(message, "outbox-damaged");
  }
  return found;
}
