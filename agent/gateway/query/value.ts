import { describeEvent } from "../bucket.ts";
import type { KeptEvent } from "../event-table.ts";
import { toSeconds } from "../instant.ts";
import { Refusal } from "../refusal.ts";

/** An event in a query: what functions make of several has no id. */
export type QueryEvent = Omit<KeptEvent, "id"> & { id?: number };

/** What an expression of a query can be. */
export type Value =
  | { kind: "null" }
  | { kind: "truth"; value: boolean }
  | { kind: "number"; value: number }
  | { kind: "text"; value: string }
  | { kind: "list"; items: readonly Value[] }
  | { kind: "dict"; entries: ReadonlyMap<string, Value> }
  | { kind: "event"; event: QueryEvent };

/** No honest query gives more, and one that doubles a list again and again must not fill the memory. */
const MAX_VALUES = 500_000;

export function list(items: readonly Value[]): Value {
  if (items.length > MAX_VALUES) throw tooMuch();
  return { kind: "list", items };
}

export function eventList(events: readonly QueryEvent[]): Value {
  return list(events.map((event) => ({ kind: "event", event })));
}

/** A value as JSON. @throws Refusal when it is larger than an answer may be */
export function toJson(value: Value): unknown {
  let left = MAX_VALUES;
  function convert(inner: Value): unknown {
    left -= 1;
    if (left < 0) throw tooMuch();
    switch (inner.kind) {
      case "null":
        return null;
      case "list":
        return inner.items.map(convert);
      case "dict":
        return Object.fromEntries([...inner.entries].map(([key, entry]) => [key, convert(entry)]));
      case "event":
        return describe(inner.event);
      default:
        return inner.value;
    }
  }
  return convert(value);
}

function describe({ id, ...event }: QueryEvent): unknown {
  if (id !== undefined) return describeEvent({ id, ...event });
  const { timestamp, duration, data } = describeEvent({ id: 0, ...event });
  return { id: null, timestamp, duration, data };
}

/** Seconds of so many microseconds, as a value. */
export function seconds(microseconds: number): Value {
  return { kind: "number", value: toSeconds(microseconds) };
}

function tooMuch(): Refusal {
  return new Refusal(400, "The query gives more than is answered at once.");
}
