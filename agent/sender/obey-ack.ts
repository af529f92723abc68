import type { Ack } from "#schema/batch";
import type { Outbox } from "../outbox.ts";
import type { SealedBatch } from "../seal-batch.ts";

/** What became of a batch the site has decided about. */
export type Fate = "taken" | "buried" | "renumbered";

/** Does in the outbox what the site has decided about a batch; `retry` decides nothing. */
export function obeyAck(outbox: Outbox, { epoch, seq }: SealedBatch, ack: Ack): Fate {
  if (ack.status === "conflict" && outbox.renumber(epoch, seq)) return "renumbered";
  if (ack.status === "refused" || ack.status === "conflict") {
    outbox.deadLetter(epoch, seq, ack);
    return "buried";
  }
  outbox.settle(epoch, seq);
  return "taken";
}

/** A server that cannot read a batch, or its own store, answers without being able to name the batch. */
export function isAbout(ack: Ack, { epoch, seq }: SealedBatch): boolean {
  const isNameless = ack.epoch === 0 && ack.seq === 0;
  if (isNameless && (ack.status === "refused" || ack.status === "retry")) return true;
  return ack.epoch === epoch && ack.seq === seq;
}
