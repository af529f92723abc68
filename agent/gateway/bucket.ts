import { EventTable, type KeptEvent } from "./event-table.ts";
import { formatInstant, toSeconds } from "./instant.ts";
import type { Beat } from "./merge-heartbeat.ts";
import type { BucketRecord } from "./store/changes.ts";

/** The last event of a bucket, as far as the next heartbeat may prolong it. */
export interface LastBeat extends Beat {
  id: number;
  /** The stretch of recording it was taken in: nothing merges across a break. */
  stretch: number;
}

/** What one watcher has told. */
export interface Bucket {
  readonly record: BucketRecord;
  readonly events: EventTable;
  /** In memory alone: a restarted agent begins a new event. */
  last: LastBeat | null;
}

export function makeBucket(record: BucketRecord): Bucket {
  return { record, events: new EventTable(), last: null };
}

/** A bucket as ActivityWatch writes one. @param now epoch milliseconds, for one in which nothing was recorded yet */
export function describeBucket({ record, events }: Bucket, now: number) {
  const bounds = events.bounds();
  const end = bounds && formatInstant(bounds.to);
  const { id, type, client, hostname, created, device } = record;
  return {
    id,
    name: null,
    type,
    client,
    hostname,
    created: new Date(created ?? now).toISOString(),
    data: device === null ? {} : { device_id: device },
    metadata: { start: bounds && formatInstant(bounds.from), end },
    last_updated: end,
  };
}

/** An event as ActivityWatch writes one. */
export function describeEvent({ id, start, duration, data }: KeptEvent) {
  return { id, timestamp: formatInstant(start), duration: toSeconds(duration), data };
}
