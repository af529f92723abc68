import type { Span } from "#schema/activity";
import { HALF_HOUR_MS } from "#schema/queue";
import { formatInZone } from "#schema/time";
import { type SealedBatch, sealBatch } from "../seal-batch.ts";
import type { LoggedSpan } from "./call-log.ts";

/** Spans in one batch at most: with the longest labels still far below the byte limit. */
export const MAX_PART_EVENTS = 400;
/** Batches a person can have in one half hour. */
const PARTS = 100;

/** What a person's batches carry besides the spans: who sends them and under which charter. */
export interface BatchSender {
  workstation: string;
  epoch: number;
  /** sha256 of the charter in force. */
  charter: string;
  zone: string;
}

/** A batch and the end of its half hour (epoch ms), when a replay at the log's own pace may send it. */
export interface CutBatch {
  due: number;
  sealed: SealedBatch;
}

/**
 * Cuts one person's spans into numbered batches by the half hour they start in. Number, date and bytes come from
 * the spans of that half hour alone, so the same log, or any slice of it on half hours, gives the same bytes.
 * @throws when one half hour holds more spans than there are numbers for
 */
export function cutBatches(spans: readonly LoggedSpan[], sender: BatchSender): CutBatch[] {
  const halfHours = new Map<number, LoggedSpan[]>();
  for (const one of spans) {
    const halfHour = Math.floor(one.start / HALF_HOUR_MS);
    const list = halfHours.get(halfHour);
    if (list) list.push(one);
    else halfHours.set(halfHour, [one]);
  }
  return [...halfHours.entries()]
    .sort(([a], [b]) => a - b)
    .flatMap(([halfHour, list]) => cutHalfHour(halfHour, list.sort(compareSpans), sender));
}

/** By start, then end, then what they say: the order does not depend on the file's. */
function compareSpans(a: LoggedSpan, b: LoggedSpan): number {
  return (
    a.start - b.start ||
    a.end - b.end ||
    compareText(a.span.kind, b.span.kind) ||
    compareText(a.span.label ?? "", b.span.label ?? "")
  );
}

function cutHalfHour(
  halfHour: number,
  spans: readonly LoggedSpan[],
  sender: BatchSender,
): CutBatch[] {
  const due = (halfHour + 1) * HALF_HOUR_MS;
  const parts = Math.ceil(spans.length / MAX_PART_EVENTS);
  if (parts > PARTS)
    throw new Error(`one person has more than ${PARTS * MAX_PART_EVENTS} spans in one half hour`);
  return Array.from({ length: parts }, (_, part) => {
    const own = spans.slice(part * MAX_PART_EVENTS, (part + 1) * MAX_PART_EVENTS);
    const latest = own.reduce((end, one) => Math.max(end, one.end), due);
    return {
      due,
      sealed: sealBatch({
        workstation: sender.workstation,
        epoch: sender.epoch,
        seq: halfHour * PARTS + part,
        charter: sender.charter,
        sealedAt: formatInZone(latest, sender.zone),
        spans: own.map((one): Span => one.span),
        marks: [],
        tallies: [],
      }),
    };
  });
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
