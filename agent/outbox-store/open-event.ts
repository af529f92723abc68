import { z } from "zod";
import { type Mark, mark, type Span, span, type Tally, tally } from "#schema/activity";
import type { Batch } from "#schema/batch";
import { RECORD_FRAME_BYTES, unwrapRecord, wrapJson } from "./record.ts";

/** `{"at":` and a number of milliseconds. */
const AT_CHARACTERS = 32;

/** Recorded events that no batch holds yet. */
export interface OpenEvents {
  spans?: readonly Span[];
  marks?: readonly Mark[];
  tallies?: readonly Tally[];
}

/** One event with its type, in the form in which it leaves. */
export const typedEvent = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("span"), event: span }),
  z.strictObject({ type: z.literal("mark"), event: mark }),
  z.strictObject({ type: z.literal("tally"), event: tally }),
]);
export type TypedEvent = z.infer<typeof typedEvent>;

/** What is noted beside an open event, and never leaves. */
const note = z.object({
  /** When it was recorded, by the clock that holds events back; without it the event has waited long enough already. */
  at: z.int().optional(),
  /** sha256 of the charter it was recorded under, when one was known. */
  charter: z.string().optional(),
});
export type OpenNote = z.infer<typeof note>;

/** All events of a batch, or of what was recorded, in the order in which a batch numbers them. */
export function listEvents({ spans = [], marks = [], tallies = [] }: OpenEvents): TypedEvent[] {
  return [
    ...spans.map((event) => ({ type: "span" as const, event })),
    ...marks.map((event) => ({ type: "mark" as const, event })),
    ...tallies.map((event) => ({ type: "tally" as const, event })),
  ];
}

/** Puts events into the three lists of a batch. */
export function sortEvents(
  events: readonly TypedEvent[],
): Pick<Batch, "spans" | "marks" | "tallies"> {
  const sorted: Pick<Batch, "spans" | "marks" | "tallies"> = { spans: [], marks: [], tallies: [] };
  for (const found of events) {
    if (found.type === "span") sorted.spans.push(found.event);
    else if (found.type === "mark") sorted.marks.push(found.event);
    else sorted.tallies.push(found.event);
  }
  return sorted;
}

/** An open event as a stored record. */
export function wrapOpen({ type, event }: TypedEvent, { at, charter }: OpenNote): Buffer {
  return wrapJson({ at, charter, type, event });
}

/** When an open event was recorded, unverified: enough to pass over one that has not waited long enough. */
export function peekRecordedAt(record: Buffer): number | null {
  const text = record.toString("latin1", RECORD_FRAME_BYTES, RECORD_FRAME_BYTES + AT_CHARACTERS);
  const found = /^\{"at":(\d+),/.exec(text);
  return found ? Number(found[1]) : null;
}

/** The event of a stored record, or null when it is damaged or not what this version takes. */
export function unwrapOpen(record: Uint8Array): { found: TypedEvent; note: OpenNote } | null {
  const value = unwrapRecord(record);
  if (value === null) return null;
  const { at, charter, ...rest } = z.looseObject({}).parse(JSON.parse(value.toString("utf8")));
  const event = typedEvent.safeParse(rest);
  const noted = note.safeParse({ at, charter });
  return event.success && noted.success ? { found: event.data, note: noted.data } : null;
}
