import { Refusal } from "../refusal.ts";
import type { QueryEvent, Value } from "./value.ts";

/** What a function of a query was given, read as what it needs. Each reader throws a Refusal when it is not that. */
export function makeGiven(name: string, values: readonly Value[]) {
  function wrong(at: number, wanted: string): never {
    throw new Refusal(400, `${name}: its argument ${at + 1} must be ${wanted}.`);
  }

  function items(at: number, wanted: string): readonly Value[] {
    const value = values[at];
    return value?.kind === "list" ? value.items : wrong(at, wanted);
  }

  function text(at: number): string {
    const value = values[at];
    return value?.kind === "text" ? value.value : wrong(at, "a text");
  }

  function events(at: number): QueryEvent[] {
    const wanted = "a list of events";
    return items(at, wanted).map((item) =>
      item.kind === "event" ? item.event : wrong(at, wanted),
    );
  }

  return {
    text,
    events,
    optionalText: (at: number) => (values[at] === undefined ? undefined : text(at)),
    number(at: number): number {
      const value = values[at];
      return value?.kind === "number" ? value.value : wrong(at, "a number");
    },
    texts: (at: number) =>
      items(at, "a list of texts").map((item) =>
        item.kind === "text" ? item.value : wrong(at, "a list of texts"),
      ),
    /** The texts, numbers and truths of a list. */
    plain: (at: number) =>
      items(at, "a list").map((item) => ("value" in item ? item.value : wrong(at, "a plain list"))),
    allEvents: () => values.flatMap((_value, at) => events(at)),
  };
}
export type Given = ReturnType<typeof makeGiven>;
