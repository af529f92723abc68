import { MAX_STORED_DAYS, type StoredQuery, type StoredReply } from "#schema/live";
import { DAY_MS, formatTimestamp, millisecondsOf } from "#schema/time";
import type { TypedEvent } from "../outbox-store/open-event.ts";

/** What can be asked of the site about what it holds of this workstation. */
export interface AskStored {
  readStored: (query: StoredQuery) => Promise<StoredReply>;
}

/**
 * All that the site holds of this workstation in the time of these events, by identity.
 * @throws when the site does not answer
 */
export async function readStoredEvents(
  events: readonly TypedEvent[],
  ask: AskStored,
): Promise<Map<string, TypedEvent>> {
  const held = new Map<string, TypedEvent>();
  for (const { from, to } of windowsOf(events)) {
    const query = { from: formatTimestamp(from, 0), to: formatTimestamp(to, 0) };
    const { spans, marks, tallies } = await ask.readStored(query);
    for (const { id, ...event } of spans) if (id) held.set(id, { type: "span", event });
    for (const { id, ...event } of marks) if (id) held.set(id, { type: "mark", event });
    for (const { id, ...event } of tallies) if (id) held.set(id, { type: "tally", event });
  }
  return held;
}

/** Windows (epoch ms), each no longer than can be asked for at once, in which each of these events begins. */
function windowsOf(events: readonly TypedEvent[]): { from: number; to: number }[] {
  const windows: { from: number; to: number }[] = [];
  const begins = events.map(({ type, event }) => (type === "mark" ? event.at : event.start));
  for (const at of begins.map(millisecondsOf).sort((a, b) => a - b)) {
    const last = windows.at(-1);
    // Half-open: the last instant lies inside.
    if (last && at + 1 - last.from <= MAX_STORED_DAYS * DAY_MS) last.to = at + 1;
    else windows.push({ from: at, to: at + 1 });
  }
  return windows;
}
