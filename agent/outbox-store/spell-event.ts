import { millisecondsOf, timestamp } from "#schema/time";
import type { TypedEvent } from "./open-event.ts";

/**
 * An event in one spelling, whatever the order of its fields and the offset its moments are written with: two are the
 * same when they are spelled the same.
 */
export function spellEvent({ type, event }: TypedEvent): string {
  const fields = Object.entries(event)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const moment = timestamp.safeParse(value);
      return [name, moment.success ? millisecondsOf(moment.data) : value] as const;
    });
  return JSON.stringify([type, ...fields.sort(([a], [b]) => (a < b ? -1 : 1))]);
}
