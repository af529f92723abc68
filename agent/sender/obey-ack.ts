import type { Ack } from "#schema/batch";
import type { Outbox } from "../outbox.ts";
import { listEvents } from "../outbox-store/open-event.ts";
import { readBatch, type SealedBatch } from "../seal-batch.ts";
import { type AskStored, readStoredEvents } from "./stored-events.ts";

/** What became of a batch the site has decided about. */
export type Fate = "taken" | "buried" | "renumbered";

/**
 * Does in the outbox what the site has decided about a batch; `retry` decides nothing. Over a conflict the site is
 * asked first what it holds: of two copies of one folder, both have what was not sent yet when the copy was made.
 * @throws when that question is not answered, and nothing is decided; or when the disk refuses
 */
export async function obeyAck(
  outbox: Outbox,
  sealed: SealedBatch,
  ack: Ack,
  ask: AskStored,
): Promise<Fate> {
  const { epoch, seq } = sealed;
  if (ack.status === "conflict" && outbox.isNumberedHere(epoch, seq)) {
    const batch = readBatch(sealed.bytes);
    const atSite = await readStoredEvents(batch ? listEvents(batch) : [], ask);
    if (outbox.renumber(epoch, seq, atSite)) return "renumbered";
  }
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
