import { z } from "zod";
import { type Mark, mark, type Span, span, type Tally, tally } from "#schema/activity";
import { unwrapRecord, wrapJson } from "./record.ts";

/** Recorded events that no batch holds yet. */
export interface OpenEvents {
  spans?: readonly Span[];
  marks?: readonly Mark[];
  tallies?: readonly Tally[];
}

const openEvent = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("span"), event: span }),
  z.strictObject({ type: z.literal("mark"), event: mark }),
  z.strictObject({ type: z.literal("tally"), event: tally }),
]);

/** Events as stored records, in the order spans, marks, tallies. */
export function wrapEvents(events: OpenEvents): Buffer[] {
  return [
    ...(events.spans ?? []).map((event) => wrapJson({ type: "span", event })),
    ...(events.marks ?? []).map((event) => wrapJson({ type: "mark", event })),
    ...(events.tallies ?? []).map((event) => wrapJson({ type: "tally", event })),
  ];
}

/** The event of a stored record, or null when it is damaged or not what this version takes. */
export function unwrapEvent(record: Uint8Array): z.infer<typeof openEvent> | null {
  const value = unwrapRecord(record);
  if (value === null) return null;
  const parsed = openEvent.safeParse(JSON.parse(value.toString("utf8")));
  return parsed.success ? parsed.data : null;
}
