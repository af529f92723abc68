import type { Clock } from "../clock.ts";
import type { Buckets } from "./buckets.ts";
import type { GatewayStore } from "./store/store.ts";

const WRITE_EVERY_MS = 15_000;
const REWRITE_EVERY_MS = 24 * 3_600_000;
const REWRITE_AFTER_CHANGES = 20_000;
/** About 32 bytes each in memory, 60 on disk. */
const MAX_EVENTS = 200_000;
const DAY = 86_400_000_000;

export interface WriterOptions {
  buckets: Buckets;
  store: GatewayStore;
  clock: Clock;
  /** For how many days anything is kept. */
  rawDays: () => number;
  /** Runs a write; false when the disk refused it. */
  write: (task: () => void) => boolean;
  /** Part of the file could not be read. */
  isDamaged: boolean;
}

export interface Writer {
  /** Something may have changed: it is written within 15 seconds. */
  touch(): void;
  /** Writes now. False when the disk refused: it is tried again within 15 seconds. */
  flush(): boolean;
  /** Writes what is open now, and nothing more afterwards. */
  close(): void;
}

/**
 * Writes changes at most every 15 seconds, in one append, so that fsyncs stay rare. What was deleted, and what is past
 * its days, leaves the disk by a rewrite of the whole file: at the next write after a deletion, else once a day and at
 * every start.
 */
export function keepWritten(options: WriterOptions): Writer {
  const { buckets, store, clock, rawDays, write } = options;
  let cancel: (() => void) | null = null;
  let rewrittenAt = Number.NEGATIVE_INFINITY;
  let appended = 0;
  let cancelDaily = () => {};

  function flush(): boolean {
    cancel?.();
    cancel = null;
    const now = clock.now() * 1000;
    buckets.prune({ from: now - rawDays() * DAY, to: now + DAY }, MAX_EVENTS);
    const isDue =
      buckets.pending.hasDeleted ||
      appended > REWRITE_AFTER_CHANGES ||
      clock.monotonic() - rewrittenAt >= REWRITE_EVERY_MS;
    const done = write(() => {
      if (isDue) return store.rewrite(buckets.everything());
      const changes = buckets.changes();
      store.append(changes);
      appended += changes.events?.length ?? 0;
    });
    if (!done) {
      arm();
      return false;
    }
    buckets.settle();
    if (!isDue) return true;
    appended = 0;
    rewrittenAt = clock.monotonic();
    return true;
  }

  function arm(): void {
    cancel ??= clock.after(WRITE_EVERY_MS, flush);
  }

  /** Days pass also when no watcher reports. */
  function flushDaily(): void {
    cancelDaily = clock.after(REWRITE_EVERY_MS, () => {
      if (buckets.all().length > 0) flush();
      flushDaily();
    });
  }

  // At the start: what is past its days goes, and what could not be read.
  if (buckets.all().length > 0 || options.isDamaged) flush();
  flushDaily();

  return {
    touch() {
      if (buckets.pending.isChanged) arm();
    },
    flush,
    close() {
      cancelDaily();
      const { isChanged, isUndated } = buckets.pending;
      if (isChanged || isUndated) flush();
      cancel?.();
    },
  };
}
