import { randomUUID } from "node:crypto";
import type { StoredMark, StoredSpan, StoredTally } from "#schema/activity";
import { formatIdentity } from "#schema/activity";
import type { Batch } from "#schema/batch";
import { storeBatches } from "#server/database/activity-write";
import type { Store } from "#server/database/store";
import { makeGated, NOW } from "#test/server/ingest/batches";

/** Makes a person; the id. */
export async function addPerson(store: Store, zone = "Europe/Paris"): Promise<string> {
  const id = randomUUID();
  await store.pool.query("insert into person (id, login, name, zone) values ($1, $2, $2, $3)", [
    id,
    `p-${id.slice(0, 8)}`,
    zone,
  ]);
  return id;
}

/** Stores batches of one person and fails when one is not stored. */
export async function record(
  store: Store,
  person: string,
  batches: readonly Partial<Batch>[],
): Promise<void> {
  const gated = batches.map((fields) => makeGated(fields, person));
  const outcomes = await storeBatches(store, gated, NOW);
  if (outcomes.some((outcome) => outcome !== "stored")) throw new Error(outcomes.join());
}

/** What the store has to give back of batches, by identity. */
export function eventsOf(batches: readonly Batch[]) {
  const spans = new Map<string, StoredSpan>();
  const marks = new Map<string, StoredMark>();
  const tallies = new Map<string, StoredTally>();
  for (const batch of batches) {
    let index = 0;
    const next = () => formatIdentity(batch, index++);
    for (const event of batch.spans) {
      const id = next();
      spans.set(id, { id, ...event });
    }
    for (const event of batch.marks) {
      const id = next();
      marks.set(id, { id, ...event });
    }
    for (const event of batch.tallies) {
      const id = next();
      tallies.set(id, { id, ...event });
    }
  }
  return { spans, marks, tallies };
}

/** The same events by identity, as read. */
export function byId<Event extends { id?: string | undefined }>(events: readonly Event[]) {
  return new Map(events.map((event) => [event.id, event]));
}
