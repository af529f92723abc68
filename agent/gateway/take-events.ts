import type { Bucket } from "./bucket.ts";
import type { Buckets } from "./buckets.ts";
import { allTime, type KeptEvent, type Range } from "./event-table.ts";
import type { Forward } from "./forward.ts";
import { mergeHeartbeat } from "./merge-heartbeat.ts";
import { categoryOf, type Recordings } from "./recordings.ts";
import type { RedactedData } from "./redacted-data.ts";
import type { WireEvent } from "./wire.ts";

/** What taking events works with. */
export interface Taking {
  buckets: Buckets;
  recordings: Recordings;
  forward: Forward;
  redact: (type: string, data: unknown) => RedactedData;
  fingerprint: (data: unknown) => string;
  /** Epoch milliseconds. */
  now: () => number;
}

/**
 * Takes a heartbeat and gives the event it became part of, redacted. What happened while nothing is recorded is
 * answered as if it had been inserted, and leaves nothing behind: not even a used number.
 * @param pulsetime microseconds
 */
export function takeHeartbeat(
  taking: Taking,
  bucket: Bucket,
  beat: WireEvent,
  pulsetime: number,
): KeptEvent {
  const { buckets, forward } = taking;
  const { type } = bucket.record;
  const data = taking.redact(type, beat.data);
  const fingerprint = taking.fingerprint(beat.data);
  const stretch = lookAtRecording(taking, type);
  const part = stretch === null ? null : taking.recordings[categoryOf(type)].cut(beat);
  if (stretch === null || part === null) return pretend(taking, beat, data);

  const last = bucket.last?.stretch === stretch ? bucket.last : null;
  const merged = last && mergeHeartbeat(last, { ...part, fingerprint }, pulsetime);
  const kept = merged ? { id: last.id, ...merged, data } : buckets.add(bucket, { ...part, data });
  if (merged) buckets.change(bucket, kept);
  const isNews = last === null || part.start + part.duration > last.start + last.duration;
  bucket.last = { id: kept.id, start: kept.start, duration: kept.duration, fingerprint, stretch };
  // Counts cannot be divided: of a heartbeat that reaches into a time of which nothing is kept, they are not either.
  const raw = part.start === beat.start ? beat.data : {};
  forward.take({ bucket: bucket.record, ...part, data, raw, isNews, pulsetime });
  return kept;
}

/**
 * Takes events as they are. One that carries the id of an event of this bucket replaces it; another id is not heeded.
 * Events are told to nobody else: they need not speak of now.
 */
export function takeEvents(
  taking: Taking,
  bucket: Bucket,
  events: readonly WireEvent[],
): KeptEvent[] {
  const { buckets, redact, fingerprint } = taking;
  const { type } = bucket.record;
  const stretch = lookAtRecording(taking, type);
  const recording = taking.recordings[categoryOf(type)];
  const prints = new Map<number, string>();
  const answer = events.map((event) => {
    const data = redact(type, event.data);
    const print = fingerprint(event.data);
    const part = stretch === null ? null : recording.cut(event);
    if (part === null) return pretend(taking, event, data);
    const known = typeof event.id === "number" ? bucket.events.get(event.id) : null;
    const kept = known ? { id: known.id, ...part, data } : buckets.add(bucket, { ...part, data });
    if (known) buckets.change(bucket, kept);
    prints.set(kept.id, print);
    return kept;
  });
  if (stretch !== null && prints.size > 0) bucket.last = findLast(bucket, prints, stretch);
  return answer;
}

/**
 * The present stretch of recording for buckets of a type; when there is none, all that could reach across the break is
 * forgotten.
 */
export function lookAtRecording(
  { buckets, recordings, forward, now }: Taking,
  type: string,
): number | null {
  const stretches = { focus: recordings.focus.stretch(), input: recordings.input.stretch() };
  if (stretches.focus === null) forward.clear();
  for (const bucket of buckets.all()) {
    if (stretches[categoryOf(bucket.record.type)] === null) bucket.last = null;
    else buckets.date(bucket, now());
  }
  return stretches[categoryOf(type)];
}

/** Takes a window `[from, to)`, in microseconds, out of what was told, and out of what is told of it from now on. */
export function forgetWindow({ buckets, recordings }: Taking, window: Range): void {
  buckets.cutOut(window);
  for (const recording of [recordings.focus, recordings.input]) recording.forget(window);
}

/**
 * After events came in otherwise, the latest of the bucket is the last one, if it is known what it said.
 * @param prints fingerprints of what came in, by id
 */
export function findLast(
  bucket: Bucket,
  prints: ReadonlyMap<number, string>,
  stretch: number,
): Bucket["last"] {
  const [latest] = bucket.events.select(allTime, 1);
  if (latest === undefined) return null;
  const event = bucket.events.get(latest);
  const fingerprint =
    prints.get(latest) ?? (bucket.last?.id === latest ? bucket.last.fingerprint : undefined);
  if (!event || fingerprint === undefined) return null;
  return { id: latest, start: event.start, duration: event.duration, fingerprint, stretch };
}

function pretend({ buckets }: Taking, event: WireEvent, data: RedactedData): KeptEvent {
  const { id, start, duration } = event;
  return { id: id ?? buckets.nextId, start, duration, data };
}
