import { type Bucket, makeBucket } from "./bucket.ts";
import { type BucketDefinition, defineBucket, remake } from "./bucket-definition.ts";
import type { KeptEvent, Range } from "./event-table.ts";
import type { BucketRecord, Changes } from "./store/changes.ts";

export const MAX_BUCKETS = 200;
/** Rows of one line of the file. */
const ROWS = 1000;

/** All buckets of one person, and what of them has changed since it was last written. */
export class Buckets {
  readonly #device: string;
  readonly #byId = new Map<string, Bucket>();
  readonly #changedEvents = new Map<Bucket, Set<number>>();
  readonly #changedBuckets = new Set<Bucket>();
  /** Made while nothing is recorded: written only with something else, so that no time of the file tells of it. */
  readonly #undated = new Set<Bucket>();
  /** Made by watchers while somebody else was here. Nobody sees them before their watcher reports again. */
  readonly #handedOver: Map<string, BucketDefinition>;
  #nextId = 1;
  #nextNumber = 1;
  #isDeviceWritten = false;
  #hasDeleted = false;

  /**
   * @param device the name this installation gives itself, unless an earlier one was kept
   * @param handedOver buckets whose watchers made them once and will not do so again
   */
  constructor(
    device: string,
    kept: Iterable<Changes> = [],
    handedOver: readonly BucketDefinition[] = [],
  ) {
    this.#handedOver = new Map(handedOver.map((definition) => [definition.id, definition]));
    let known: string | undefined;
    const byNumber = new Map<number, Bucket>();
    for (const { device: named, buckets = [], events = [] } of kept) {
      known = named ?? known;
      for (const record of buckets) byNumber.set(record.number, this.#adopt(record));
      for (const [number, id, start, duration, data] of events) {
        byNumber.get(number)?.events.put({ id, start, duration, data });
        this.#nextId = Math.max(this.#nextId, id + 1);
      }
    }
    this.#device = known ?? device;
  }

  get device(): string {
    return this.#device;
  }

  /** The id the next new event gets. */
  get nextId(): number {
    return this.#nextId;
  }

  /** Whether something is to be written soon; before the program ends; and whether something must leave the disk. */
  get pending(): { isChanged: boolean; isUndated: boolean; hasDeleted: boolean } {
    const isChanged = this.#changedEvents.size + this.#changedBuckets.size > 0 || this.#hasDeleted;
    return { isChanged, isUndated: this.#undated.size > 0, hasDeleted: this.#hasDeleted };
  }

  all(): Bucket[] {
    return [...this.#byId.values()];
  }

  find(id: string): Bucket | null {
    return this.#byId.get(id) ?? null;
  }

  /** As `find`, for a watcher that reports: a bucket that was handed over is made again. */
  findReported(id: string): Bucket | null {
    const handed = this.#handedOver.get(id);
    return this.find(id) ?? (handed ? this.make(remake(handed, this.#device)) : null);
  }

  /** All buckets that watchers count on, without their events: for whoever comes next to this machine. */
  definitions(): BucketDefinition[] {
    const made = this.all().map(({ record }) => defineBucket(record, this.#device));
    return [...made, ...this.#handedOver.values()].slice(0, MAX_BUCKETS);
  }

  make(fields: Omit<BucketRecord, "number">): Bucket {
    this.#handedOver.delete(fields.id);
    const bucket = this.#adopt({ number: this.#nextNumber, ...fields });
    (fields.created === null ? this.#undated : this.#changedBuckets).add(bucket);
    return bucket;
  }

  remove(bucket: Bucket): void {
    this.#byId.delete(bucket.record.id);
    this.#changedBuckets.delete(bucket);
    this.#undated.delete(bucket);
    this.#changedEvents.delete(bucket);
    this.#hasDeleted = true;
  }

  /** Says when a bucket was made, if that is still open. @param now epoch milliseconds */
  date(bucket: Bucket, now: number): void {
    if (bucket.record.created !== null) return;
    bucket.record.created = now;
    this.#undated.delete(bucket);
    this.#changedBuckets.add(bucket);
  }

  /** Adds an event under the next id. */
  add(bucket: Bucket, event: Omit<KeptEvent, "id">): KeptEvent {
    const added = { id: this.#nextId, ...event };
    this.#nextId += 1;
    this.change(bucket, added);
    return added;
  }

  /** Puts an event in the place of the one with its id. */
  change(bucket: Bucket, event: KeptEvent): void {
    bucket.events.put(event);
    const changed = this.#changedEvents.get(bucket) ?? new Set();
    this.#changedEvents.set(bucket, changed.add(event.id));
  }

  removeEvent(bucket: Bucket, id: number): boolean {
    const wasThere = bucket.events.remove(id);
    if (wasThere) this.#hasDeleted = true;
    if (bucket.last?.id === id) bucket.last = null;
    return wasThere;
  }

  /**
   * Takes a window `[from, to)` out of every bucket, and nothing that comes prolongs an event from before its end. The
   * file is then to be written anew in any case: earlier states of events still stand in it.
   */
  cutOut(window: Range): void {
    this.#hasDeleted = true;
    for (const bucket of this.#byId.values()) {
      for (const { id: _, ...piece } of bucket.events.cutOut(window)) this.add(bucket, piece);
      if (bucket.last && bucket.last.start < window.to) bucket.last = null;
    }
  }

  /** Drops what lies outside a range, then the oldest of the fullest buckets until no more than `most` are left. */
  prune(range: Range, most: number): void {
    for (const { events } of this.#byId.values()) events.dropOutside(range);
    let total = this.all().reduce((sum, { events }) => sum + events.size, 0);
    while (total > most) {
      const [fullest] = this.all().sort((a, b) => b.events.size - a.events.size);
      if (!fullest) return;
      const count = Math.min(total - most, Math.ceil(fullest.events.size / 10));
      fullest.events.dropFirst(count);
      total -= count;
    }
  }

  /** What is not written yet. */
  changes(): Changes {
    const events = [...this.#changedEvents].flatMap(([bucket, ids]) =>
      [...ids].flatMap((id) => rowsOf(bucket, bucket.events.get(id))),
    );
    return {
      ...(!this.#isDeviceWritten && { device: this.#device }),
      buckets: [...this.#changedBuckets, ...this.#undated].map(({ record }) => record),
      events,
    };
  }

  /** Everything, in pieces. */
  *everything(): Generator<Changes> {
    yield { device: this.#device, buckets: this.all().map(({ record }) => record) };
    for (const bucket of this.all()) {
      let rows: NonNullable<Changes["events"]> = [];
      for (const event of bucket.events) {
        rows.push(...rowsOf(bucket, event));
        if (rows.length < ROWS) continue;
        yield { events: rows };
        rows = [];
      }
      if (rows.length > 0) yield { events: rows };
    }
  }

  /** What `changes` or `everything` gave is on disk. */
  settle(): void {
    this.#changedEvents.clear();
    this.#changedBuckets.clear();
    this.#undated.clear();
    this.#isDeviceWritten = true;
    this.#hasDeleted = false;
  }

  #adopt(record: BucketRecord): Bucket {
    const earlier = this.#byId.get(record.id);
    const bucket = earlier ? { ...earlier, record } : makeBucket(record);
    this.#byId.set(record.id, bucket);
    this.#nextNumber = Math.max(this.#nextNumber, record.number + 1);
    return bucket;
  }
}

function rowsOf({ record }: Bucket, event: KeptEvent | null): NonNullable<Changes["events"]> {
  return event ? [[record.number, event.id, event.start, event.duration, event.data]] : [];
}
