import type { z } from "zod";
import type { CharterInForce } from "#schema/live";
import { DAY_MS, millisecondsOf } from "#schema/time";
import { guardEvents } from "../charter-guard.ts";
import type { Correction } from "../control/held.ts";
import { dayEndOf } from "./event-times.ts";
import { listEvents, sortEvents, type TypedEvent, typedEvent } from "./open-event.ts";

/** Why an event was not corrected: it may be at the site already, it is not here, or the result may not be. */
export interface CorrectionRefusal {
  ok: false;
  code: "sent" | "gone" | "invalid" | "not-in-charter" | "charter-gone";
  message: string;
}
/** Under which id the event waits now: taking a batch apart moves it. */
export type CorrectionResult = { ok: true; id: string } | CorrectionRefusal;
/** The same, and whether what was wrong is off the disk. */
export type Corrected = { ok: true; id: string; wiped: boolean } | CorrectionRefusal;

const fields: Record<TypedEvent["type"], readonly (keyof Correction)[]> = {
  span: ["kind", "label", "task", "origin", "start", "end", "allotted", "scripted", "complexity"],
  mark: ["kind", "label", "task", "origin", "at", "until", "due", "remaining"],
  tally: ["label"],
};

/** Charters that must let the result be recorded: the one in force and, if another, the one it was recorded under. */
export interface CharterToObey {
  charter: CharterInForce;
  name: string;
}

/**
 * An event with what a person put right in it, or why it may not be so. A span somebody has put right is declared,
 * whatever sensed it before.
 */
export function applyCorrection(
  { type, event }: TypedEvent,
  change: Correction,
  charters: readonly CharterToObey[],
  now: number,
): { ok: true; corrected: TypedEvent } | CorrectionRefusal {
  const changed: Record<string, unknown> = { ...event };
  for (const [field, value] of Object.entries(change)) {
    if (value === undefined) continue;
    if (!fields[type].some((known) => known === field))
      return refuse("invalid", `A ${type} has no "${field}" to correct.`);
    if (value === null) delete changed[field];
    else changed[field] = value;
  }
  if (type === "span") changed.source = "declared";
  const parsed = typedEvent.safeParse({ type, event: changed });
  if (!parsed.success) return refuse("invalid", explain(parsed.error));
  const corrected = parsed.data;
  // When something is due may lie ahead; all else has happened.
  const times = [change.start, change.end, change.at, change.until ?? undefined];
  for (const time of times) {
    if (time === undefined) continue;
    if (millisecondsOf(time) > now) return refuse("invalid", "That time lies in the future.");
    for (const { charter } of charters) {
      const { rawDays } = charter.document;
      if (dayEndOf(time) + rawDays * DAY_MS < now)
        return refuse("invalid", `That time lies before the ${rawDays} days that events are kept.`);
    }
  }
  for (const { charter, name } of charters)
    if (!mayBeRecorded(corrected, charter))
      return refuse("not-in-charter", `${name} does not let that be recorded.`);
  return { ok: true, corrected };
}

function mayBeRecorded(event: TypedEvent, { document }: CharterInForce): boolean {
  const [allowed] = listEvents(guardEvents(document, sortEvents([event])));
  return allowed !== undefined && allowed.event.label === event.event.label;
}

function explain(error: z.ZodError): string {
  const [issue] = error.issues;
  const field = issue?.path.slice(1).join(".") ?? "";
  return `${field || "The event"}: ${issue?.message ?? "not valid"}`;
}

export function refuse(code: CorrectionRefusal["code"], message: string): CorrectionRefusal {
  return { ok: false, code, message };
}
