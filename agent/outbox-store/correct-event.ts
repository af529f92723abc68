import type { z } from "zod";
import type { CharterInForce } from "#schema/live";
import { DAY_MS, millisecondsOf } from "#schema/time";
import { guardEvents } from "../charter-guard.ts";
import type { Correction } from "../control/held.ts";
import { dayEndOf } from "./event-times.ts";
import { listEvents, sortEvents, type TypedEvent, typedEvent } from "./open-event.ts";

/** Why an event was not corrected: it may be at the site already, it is not here, or the result may not be. */
export type CorrectionRefusal = { ok: false; code: "sent" | "gone" | "invalid"; message: string };
/** Under which id the event waits now: taking a batch apart moves it. */
export type CorrectionResult = { ok: true; id: string } | CorrectionRefusal;
/** The same, and whether what was wrong is off the disk. */
export type Corrected = { ok: true; id: string; wiped: boolean } | CorrectionRefusal;

const fields: Record<TypedEvent["type"], readonly (keyof Correction)[]> = {
  span: ["kind", "label", "task", "origin", "start", "end"],
  mark: ["kind", "label", "task", "origin", "at"],
  tally: ["label"],
};

/**
 * An event with what a person put right in it, or why it may not be so. A span somebody has put right is declared,
 * whatever sensed it before.
 * @param charter the one in force, when one is known: it must let the result be recorded
 */
export function applyCorrection(
  { type, event }: TypedEvent,
  change: Correction,
  charter: CharterInForce | null,
  now: number,
): { ok: true; corrected: TypedEvent } | CorrectionRefusal {
  const changed: Record<string, unknown> = { ...event };
  for (const [field, value] of Object.entries(change)) {
    if (value === undefined) continue;
    if (!fields[type].some((known) => known === field))
      return refuse(`A ${type} has no "${field}" to correct.`);
    if (value === null) delete changed[field];
    else changed[field] = value;
  }
  if (type === "span") changed.source = "declared";
  const parsed = typedEvent.safeParse({ type, event: changed });
  if (!parsed.success) return refuse(explain(parsed.error));
  const corrected = parsed.data;
  for (const time of [change.start, change.end, change.at]) {
    if (time === undefined) continue;
    if (millisecondsOf(time) > now) return refuse("That time lies in the future.");
    const rawDays = charter?.document.rawDays;
    if (rawDays !== undefined && dayEndOf(time) + rawDays * DAY_MS < now)
      return refuse(`That time lies before the ${rawDays} days that events are kept.`);
  }
  if (charter !== null) {
    const [allowed] = listEvents(guardEvents(charter.document, sortEvents([corrected])));
    if (!allowed || allowed.event.label !== corrected.event.label)
      return refuse("The charter in force does not let that be recorded.");
  }
  return { ok: true, corrected };
}

function explain(error: z.ZodError): string {
  const [issue] = error.issues;
  const field = issue?.path.slice(1).join(".") ?? "";
  return `${field || "The event"}: ${issue?.message ?? "not valid"}`;
}

function refuse(message: string): CorrectionRefusal {
  return { ok: false, code: "invalid", message };
}
