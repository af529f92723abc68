import { mark, span, tally } from "#schema/activity";
import type { HeldEvent } from "../control/held.ts";
import type { Today } from "./read-time.ts";
import { writeExactClock } from "./write-time.ts";

/** One event that waits as the cells of a line: its name, when, what, and what more is said of it. */
export function writeEvent({ id, type, event }: HeldEvent, today: Today): string[] {
  const clock = (time: string) => writeExactClock(time, today);
  const read = type === "span" ? span : type === "mark" ? mark : tally;
  const parsed = read.safeParse(event);
  // What an older agent wrote is shown as it is.
  if (!parsed.success) return [id, "", type, JSON.stringify(event)];
  const { data } = parsed;
  if ("source" in data) {
    const { start, end, kind, label, ...more } = data;
    return [id, `${clock(start)}–${clock(end)}`, named(kind, label), writeMore(more)];
  }
  if ("at" in data) {
    const { at, kind, label, until, ...more } = data;
    const when = until === undefined ? clock(at) : `${clock(at)}–${clock(until)}`;
    return [id, when, named(kind, label), writeMore(more)];
  }
  const { start, label, ...counts } = data;
  return [id, `${clock(start)}, 5 min`, named("input", label), writeMore(counts)];
}

function named(kind: string, label: string | undefined): string {
  return label === undefined ? kind : `${kind} ${label}`;
}

function writeMore(fields: Readonly<Record<string, unknown>>): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(", ");
}
