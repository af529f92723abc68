import type { TypedEvent } from "./open-event.ts";

/** An event in one spelling, whatever the order of its fields: two are the same when they are spelled the same. */
export function spellEvent({ type, event }: TypedEvent): string {
  const fields = Object.entries(event).filter(([, value]) => value !== undefined);
  return JSON.stringify([type, ...fields.sort(([a], [b]) => (a < b ? -1 : 1))]);
}
