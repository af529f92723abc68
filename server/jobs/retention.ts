import type { Logger } from "pino";
import { DAY_MS } from "#schema/time";
import { compressRawBefore, dropRawBefore } from "#server/database/retention";
import type { Store } from "#server/database/store";

const HOUR_MS = 3_600_000;
const COMPRESS_AFTER_DAYS = 2;

/**
 * Keeps raw events no longer than the charter says: now, and every hour. A chunk is a UTC day and a local day may end
 * 12 hours after it, so a chunk goes one day after the last day it may hold.
 * @returns a function that ends the job once the round under way is done
 */
export function startRetention(
  store: Store,
  rawDays: () => number,
  clock: () => Date,
  log: Logger,
): () => Promise<void> {
  async function round(): Promise<void> {
    const now = clock().getTime();
    try {
      await dropRawBefore(store, new Date(now - (rawDays() + 1) * DAY_MS));
      await compressRawBefore(store, new Date(now - COMPRESS_AFTER_DAYS * DAY_MS));
    } catch (error) {
      log.error({ err: error }, "old events could not be dropped; the next hour tries again");
    }
  }
  let running = round();
  const timer = setInterval(() => {
    running = running.then(round);
  }, HOUR_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
