import type { Clock } from "../clock.ts";

/**
 * Between two looks no more than this counts. On Windows and macOS the steady clock goes on while the machine sleeps;
 * awake, the agent looks several times a minute.
 */
const LONGEST_STEP_MS = 120_000;

/** What the hold clock showed when the wall clock showed that, epoch ms. */
export interface HoldMoment {
  hold: number;
  wall: number;
}

/**
 * The time by which events are held back, ms: while the agent runs it goes on with the steady clock, and not in a
 * sleep, so that whoever comes back still has the minutes that were promised; a wall clock set forward ends no wait.
 * Between two runs it goes on with the wall clock, and never back. It is for waiting only: it may differ from any
 * clock on a wall.
 * @param kept from an earlier run, null when none is known
 */
export function makeHoldClock(
  clock: Pick<Clock, "now" | "monotonic">,
  kept: HoldMoment | null,
): () => number {
  const wall = clock.now();
  let told = kept === null ? wall : kept.hold + Math.max(0, wall - kept.wall);
  let steady = clock.monotonic();
  return () => {
    const now = clock.monotonic();
    told += Math.min(now - steady, LONGEST_STEP_MS);
    steady = now;
    return Math.round(told);
  };
}
