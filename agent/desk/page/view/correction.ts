import type { Correction } from "#agent/control/held";
import { markKind, origin, spanKind } from "#schema/activity";
import type { Timestamp } from "#schema/time";
import { fromInput, toInput } from "./clock.ts";
import type { Happening } from "./held-events.ts";

/** What stands in the fields of a correction, as text. */
export interface CorrectionFields {
  kind: string;
  label: string;
  task: string;
  origin: string;
  start: string;
  end: string;
  at: string;
}

type Correctable = Extract<Happening, { type: "span" | "mark" }>;

/** Whether a person can put something right in it; counts can only be deleted. */
export function isCorrectable(happening: Happening): happening is Correctable {
  return happening.type === "span" || happening.type === "mark";
}

export function fieldsOf(happening: Correctable): CorrectionFields {
  const times =
    happening.type === "span"
      ? { start: happening.span.start, end: happening.span.end }
      : { at: happening.mark.at };
  const {
    kind,
    label,
    task,
    origin: from,
  } = happening.type === "span" ? happening.span : happening.mark;
  return {
    kind,
    label: label ?? "",
    task: task ?? "",
    origin: from ?? "",
    start: times.start ? toInput(times.start, true) : "",
    end: times.end ? toInput(times.end, true) : "",
    at: times.at ? toInput(times.at, true) : "",
  };
}

/** What was changed in the fields; null where a time cannot be read, an empty change where nothing was. */
export function readCorrection(
  happening: Correctable,
  fields: CorrectionFields,
): Correction | null {
  const before = fieldsOf(happening);
  const change: Correction = {};
  if (fields.kind !== before.kind) {
    const kind = happening.type === "span" ? spanKind : markKind;
    change.kind = kind.safeParse(fields.kind).data;
  }
  for (const name of ["label", "task"] as const)
    if (fields[name].trim() !== before[name]) change[name] = fields[name].trim() || null;
  if (fields.origin !== before.origin) change.origin = origin.safeParse(fields.origin).data ?? null;
  for (const [name, original] of timesIn(happening)) {
    const time = fromInput(fields[name], original);
    if (time === null) return null;
    if (toInput(time, true) !== before[name]) change[name] = time;
  }
  return change;
}

function timesIn(happening: Correctable): ["start" | "end" | "at", Timestamp][] {
  if (happening.type === "mark") return [["at", happening.mark.at]];
  return [
    ["start", happening.span.start],
    ["end", happening.span.end],
  ];
}
