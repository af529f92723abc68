import { type Bucket, describeBucket, describeEvent } from "./bucket.ts";
import { allTime, type KeptEvent } from "./event-table.ts";
import type { RedactedData } from "./redacted-data.ts";
import { findLast, lookAtRecording, type Taking } from "./take-events.ts";
import type { ExportedBucket } from "./wire.ts";

/**
 * Takes an export: the person's own act, so that it may speak of any time. Buckets that exist are added to; an event
 * equal to one they held before is skipped. Ids are given anew. While nothing is recorded, nothing is taken.
 * @param restore what may be kept of an event, which may come out of an export of this gateway
 */
export function takeExport(
  taking: Taking,
  restore: (type: string, data: unknown) => RedactedData,
  exported: readonly ExportedBucket[],
): void {
  const { buckets, now } = taking;
  for (const { id, type, client, hostname, data, created, events } of exported) {
    const stretch = lookAtRecording(taking, buckets.find(id)?.record.type ?? type);
    if (stretch === null) continue;
    const createdAt =
      created === null || created === undefined ? now() : Math.floor(created / 1000);
    const device = data.device_id ?? null;
    const bucket =
      buckets.find(id) ?? buckets.make({ id, type, client, hostname, created: createdAt, device });
    const known = new Set([...bucket.events].map(identify));
    for (const { start, duration, data: raw } of events) {
      const event = { start, duration, data: restore(bucket.record.type, raw) };
      if (!known.has(identify(event))) buckets.add(bucket, event);
    }
    bucket.last = findLast(bucket, new Map(), stretch);
  }
}

function identify({ start, duration, data }: Omit<KeptEvent, "id">): string {
  return JSON.stringify([start, duration, data.app, data.status]);
}

/** Events in a piece of text that is made at once. */
const PIECE = 500;

/** The export of these buckets as pieces of JSON, so that a long one never stands in memory as a whole. */
export function* writeExport(buckets: readonly Bucket[], now: number): Generator<string> {
  yield '{"buckets":{';
  for (const [index, bucket] of buckets.entries()) {
    const head = JSON.stringify(describeBucket(bucket, now)).slice(0, -1);
    yield `${index > 0 ? "," : ""}${JSON.stringify(bucket.record.id)}:${head},"events":`;
    yield* writeEvents(bucket, bucket.events.select(allTime));
    yield "}";
  }
  yield "}}";
}

/** A JSON list of events, in pieces; those deleted in the meantime are left out. */
export function* writeEvents(
  bucket: Bucket,
  ids: readonly number[],
  clip: (event: KeptEvent) => KeptEvent = (event) => event,
): Generator<string> {
  let separator = "";
  yield "[";
  for (let at = 0; at < ids.length; at += PIECE) {
    const events = ids.slice(at, at + PIECE).flatMap((id) => {
      const event = bucket.events.get(id);
      return event ? [JSON.stringify(describeEvent(clip(event)))] : [];
    });
    if (events.length === 0) continue;
    yield separator + events.join(",");
    separator = ",";
  }
  yield "]";
}
