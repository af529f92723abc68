import type { Clock } from "../clock.ts";

/**
 * Epoch ms that never go back while the agent runs: a wall clock set back makes no event wait longer, and after a
 * sleep the time slept counts.
 */
export function makeHoldClock(clock: Pick<Clock, "now" | "monotonic">): () => number {
  let told = clock.now();
  let steady = clock.monotonic();
  return () => {
    const now = clock.monotonic();
    told = Math.max(clock.now(), told + (now - steady));
    steady = now;
    return Math.round(told);
  };
}
