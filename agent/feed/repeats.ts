import type { Clock } from "../clock.ts";

const REMEMBER_MS = 60_000;
const MAX_REMEMBERED = 1_000;

/** Knows messages that a sender sends again for want of an answer, by the sender's own name of them. */
export function createRepeats(clock: Pick<Clock, "monotonic">) {
  /** When each came, oldest first. */
  const seen = new Map<string, number>();
  return {
    /** Whether it came within the last minute. Notes it otherwise. */
    isRepeated(event: string): boolean {
      const now = clock.monotonic();
      for (const [known, at] of seen) {
        if (now - at < REMEMBER_MS && seen.size <= MAX_REMEMBERED) break;
        seen.delete(known);
      }
      if (seen.has(event)) return true;
      seen.set(event, now);
      return false;
    },
    forget: () => seen.clear(),
  };
}
