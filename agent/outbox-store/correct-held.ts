import type { CharterInForce } from "#schema/live";
import type { Correction } from "../control/held.ts";
import { readBatch } from "../seal-batch.ts";
import type { Change } from "./change.ts";
import { applyCorrection, type CorrectionRefusal, type CorrectionResult } from "./correct-event.ts";
import { listEvents, unwrapOpen } from "./open-event.ts";
import { replaceOpen } from "./open-queue.ts";
import { isSent, readSealed, tellGap, unseal } from "./sealed-queue.ts";

/**
 * Puts an event right that has not left: an open one where it stands; one in a batch never sent by taking that batch
 * apart, whose number is then told as deleted. `id` as in the messages: `open/<number>` or `<epoch>/<seq>/<index>`.
 */
export function correctHeld(
  change: Change,
  id: string,
  correction: Correction,
  charter: CharterInForce | null,
  now: number,
): CorrectionResult {
  const [place = "", ...rest] = id.split("/");
  const [first = 0, index = 0] = rest.map(Number);
  const result =
    place === "open"
      ? correctOpen(change, first, correction, charter, now)
      : correctSealed(change, Number(place), first, index, correction, charter, now);
  // What was wrong is to be nowhere on the disk either.
  if (result.ok) change.state.unwiped = true;
  return result;
}

function correctOpen(
  change: Change,
  number: number,
  correction: Correction,
  charter: CharterInForce | null,
  now: number,
): CorrectionResult {
  const record = change.tables.open.get(number);
  const entry = record === undefined ? null : unwrapOpen(record);
  if (record === undefined || entry === null) return gone;
  const result = applyCorrection(entry.found, correction, charter, now);
  if (!result.ok) return result;
  const place = { number, size: record.length, entry };
  replaceOpen(change, place, result.corrected, entry.note);
  return { ok: true, id: `open/${number}` };
}

function correctSealed(
  change: Change,
  epoch: number,
  seq: number,
  index: number,
  correction: Correction,
  charter: CharterInForce | null,
  now: number,
): CorrectionResult {
  const sealed = readSealed(change.tables, epoch, seq);
  const batch = sealed && readBatch(sealed.bytes);
  const events = batch ? listEvents(batch) : [];
  const found = events[index];
  if (!batch || !found) return gone;
  if (isSent(change.tables, epoch, seq)) return sent;
  const result = applyCorrection(found, correction, charter, now);
  if (!result.ok) return result;
  const numbers = unseal(change, batch, events.with(index, result.corrected));
  tellGap(change, epoch, seq, "deleted");
  return { ok: true, id: `open/${numbers[index]}` };
}

const gone: CorrectionRefusal = {
  ok: false,
  code: "gone",
  message: "That event is not held here any more. It may have left, or gone into a batch.",
};
const sent: CorrectionRefusal = {
  ok: false,
  code: "sent",
  message: "That event was sent already, and may be at the site. Correct it there.",
};
