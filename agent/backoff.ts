/** First ceiling of the wait, and the ceiling it grows to. */
const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 300_000;
/** A server may ask for a longer wait, up to this. */
const MAX_RETRY_AFTER_MS = 3_600_000;

/**
 * Milliseconds to wait before try number `attempt` + 1: full jitter under a ceiling that doubles from 1 s to 5 min
 * (Brooker, "Exponential Backoff And Jitter", AWS 2015). `retryAfter`, in seconds, is waited for at least, up to an
 * hour; a negative or unreadable one is ignored.
 * @param random gives a number in [0, 1)
 */
export function nextDelay(attempt: number, random: () => number, retryAfter?: number): number {
  const ceiling = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt, 20));
  const jitter = Math.floor(random() * ceiling);
  if (retryAfter === undefined || Number.isNaN(retryAfter) || retryAfter < 0) return jitter;
  return Math.min(MAX_RETRY_AFTER_MS, retryAfter * 1000) + Math.min(jitter, FIRST_DELAY_MS);
}
