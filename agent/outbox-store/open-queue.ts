import { type Batch, MAX_BATCH_BYTES, MAX_BATCH_EVENTS } from "#schema/batch";
import type { Change } from "./change.ts";
import {
  type OpenNote,
  peekRecordedAt,
  sortEvents,
  type TypedEvent,
  unwrapOpen,
  wrapOpen,
} from "./open-event.ts";
import type { Tables } from "./tables.ts";

/** Room for the fields of a batch beside its events. */
const BATCH_FRAME_BYTES = 1024;

/** One record of the open events; `entry` is null when it cannot be read. */
export interface OpenRecord {
  number: number;
  size: number;
  entry: { found: TypedEvent; note: OpenNote } | null;
}

/** The open events, oldest first, read as they are asked for. */
export function* readOpen(tables: Tables): Iterable<OpenRecord> {
  for (const { key, value } of tables.open.getRange())
    yield { number: key, size: value.length, entry: unwrapOpen(value) };
}

/** An event no batch holds yet. */
export type OpenEvent = TypedEvent & {
  number: number;
  /** Milliseconds it has waited; infinite when it is ready at once. */
  heldMs: number;
};

/** The oldest open events. */
export function listOpen(tables: Tables, limit: number, now: number): OpenEvent[] {
  const listed: OpenEvent[] = [];
  for (const { number, entry } of readOpen(tables)) {
    if (listed.length >= limit) break;
    if (entry === null) continue;
    const { at } = entry.note;
    const heldMs = at === undefined ? Number.POSITIVE_INFINITY : now - at;
    listed.push({ ...entry.found, number, heldMs });
  }
  return listed;
}

/** Adds open events and gives their numbers. */
export function keepOpen(
  { tables, state }: Change,
  events: readonly TypedEvent[],
  note: OpenNote,
): number[] {
  return events.map((event) => {
    const record = wrapOpen(event, note);
    const number = state.nextOpen;
    tables.open.putSync(number, record);
    state.nextOpen += 1;
    state.open += 1;
    state.openBytes += record.length;
    return number;
  });
}

/** Puts another event in the place of an open one. */
export function replaceOpen(
  { tables, state }: Change,
  { number, size }: OpenRecord,
  event: TypedEvent,
  note: OpenNote,
): void {
  const record = wrapOpen(event, note);
  tables.open.putSync(number, record);
  state.openBytes += record.length - size;
}

/** Open events recorded later than now, as an earlier version noted them by a wall clock that ran ahead. */
export function findAhead(tables: Tables, now: number): OpenRecord[] {
  const ahead: OpenRecord[] = [];
  for (const record of readOpen(tables))
    if (record.entry && (record.entry.note.at ?? now) > now) ahead.push(record);
  return ahead;
}

/** Notes other open events as recorded at that time: none waits until a time comes that was never there. */
export function restampOpen(change: Change, records: readonly OpenRecord[], at: number): void {
  for (const record of records)
    if (record.entry) replaceOpen(change, record, record.entry.found, { ...record.entry.note, at });
}

/** Takes out an open event that is there. */
export function dropOpen({ tables, state }: Change, { number, size }: OpenRecord): void {
  tables.open.removeSync(number);
  state.open -= 1;
  state.openBytes -= size;
}

/** Which open events go into the next batch, and which records are unreadable. */
export interface Chosen {
  records: OpenRecord[];
  unreadable: OpenRecord[];
  /** The charter they were recorded under. */
  charter: string;
  events: Pick<Batch, "spans" | "marks" | "tallies">;
}

/**
 * Chooses the oldest open events recorded up to `readyBefore` (by the clock that holds them), as many as fit into one
 * batch: all under one charter, the one of the first. `charter` is that of events that name none.
 */
export function chooseReady(
  tables: Tables,
  { readyBefore, now }: { readyBefore: number; now: number },
  charter: string,
): Chosen {
  const chosen: Chosen = { records: [], unreadable: [], charter, events: sortEvents([]) };
  const events: TypedEvent[] = [];
  let bytes = BATCH_FRAME_BYTES;
  for (const { key: number, value } of tables.open.getRange()) {
    const at = peekRecordedAt(value);
    // One that claims to come from the future is damaged: the time events are held by never goes back.
    if (at !== null && at > readyBefore && at <= now) continue;
    const record = { number, size: value.length, entry: unwrapOpen(value) };
    if (record.entry === null) {
      chosen.unreadable.push(record);
      continue;
    }
    const { found, note } = record.entry;
    const recordedUnder = note.charter ?? charter;
    if (events.length === 0) chosen.charter = recordedUnder;
    if (recordedUnder !== chosen.charter) continue;
    bytes += Buffer.byteLength(JSON.stringify(found.event)) + 1;
    if (bytes > MAX_BATCH_BYTES) break;
    events.push(found);
    chosen.records.push(record);
    if (events.length === MAX_BATCH_EVENTS) break;
  }
  return { ...chosen, events: sortEvents(events) };
}
