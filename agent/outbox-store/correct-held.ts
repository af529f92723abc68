import type { Correction } from "../control/held.ts";
import { readBatch } from "../seal-batch.ts";
import type { Change } from "./change.ts";
import {
  applyCorrection,
  type CharterToObey,
  type CorrectionRefusal,
  type CorrectionResult,
  refuse,
} from "./correct-event.ts";
import { readCharter, readCharterOf } from "./documents.ts";
import { listEvents, type TypedEvent, unwrapOpen } from "./open-event.ts";
import { replaceOpen } from "./open-queue.ts";
import { isSent, readSealed, tellGap, unseal } from "./sealed-queue.ts";
import type { Tables } from "./tables.ts";

/** Gives an event with what was put right in it; `charter` is the sha256 of the one it was recorded under, if known. */
type Correct = (
  found: TypedEvent,
  charter: string | undefined,
) => ReturnType<typeof applyCorrection>;

/**
 * Puts an event right that has not left: an open one where it stands; one in a batch never sent by taking that batch
 * apart, whose number is then told as deleted. `id` as in the messages: `open/<number>` or `<epoch>/<seq>/<index>`.
 */
export function correctHeld(
  change: Change,
  id: string,
  correction: Correction,
  now: number,
): CorrectionResult {
  const correct: Correct = (found, charter) => {
    const charters = readChartersToObey(change.tables, charter);
    return "ok" in charters ? charters : applyCorrection(found, correction, charters, now);
  };
  const [place = "", ...rest] = id.split("/");
  const [first = 0, index = 0] = rest.map(Number);
  const result =
    place === "open"
      ? correctOpen(change, first, correct)
      : correctSealed(change, Number(place), first, index, correct);
  // What was wrong is to be nowhere on the disk either.
  if (result.ok) change.state.unwiped = true;
  return result;
}

/** The charters a correction has to obey: what was recorded leaves under its own, and under no other. */
function readChartersToObey(
  tables: Tables,
  recordedUnder: string | undefined,
): CharterToObey[] | CorrectionRefusal {
  const inForce = readCharter(tables);
  if (inForce === null) return [];
  const current = { charter: inForce, name: "The charter in force" };
  if (recordedUnder === undefined || recordedUnder === inForce.sha256) return [current];
  const charter = readCharterOf(tables, recordedUnder);
  if (charter === null) return charterGone;
  return [current, { charter, name: "The charter under which this was recorded" }];
}

function correctOpen(change: Change, number: number, correct: Correct): CorrectionResult {
  const record = change.tables.open.get(number);
  const entry = record === undefined ? null : unwrapOpen(record);
  if (record === undefined || entry === null) return gone;
  const result = correct(entry.found, entry.note.charter);
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
  correct: Correct,
): CorrectionResult {
  const sealed = readSealed(change.tables, epoch, seq);
  const batch = sealed && readBatch(sealed.bytes);
  const events = batch ? listEvents(batch) : [];
  const found = events[index];
  if (!batch || !found) return gone;
  if (isSent(change.tables, epoch, seq)) return sent;
  const result = correct(found, batch.charter);
  if (!result.ok) return result;
  const numbers = unseal(change, batch, events.with(index, result.corrected));
  tellGap(change, epoch, seq, "deleted");
  return { ok: true, id: `open/${numbers[index]}` };
}

const gone = refuse(
  "gone",
  "That event is not held here any more. It may have left, or gone into a batch.",
);
const sent = refuse(
  "sent",
  "That event was sent already, and may be at the site. Correct it there.",
);
const charterGone = refuse(
  "charter-gone",
  "The charter under which this was recorded is not kept here any more, so it cannot be corrected. It can be deleted: etabli held delete",
);
