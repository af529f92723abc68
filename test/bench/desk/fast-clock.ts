import type { Clock } from "#agent/clock";

/** Waits for an answer of the display or the site, and for the last batch at the end: both are no faster than ever. */
const answerWaits: ReadonlySet<number> = new Set([3_000, 5_000, 30_000]);

/** A clock that shows `from` at the real moment `startedAt` (both epoch ms) and runs that many times faster. */
export interface Pace {
  from: number;
  startedAt: number;
  speed: number;
}

/** Epoch ms of this machine; unlike the system's time it does not jump. */
export const realNow = () => performance.timeOrigin + performance.now();

/** The real moment (epoch ms) at which the fast clock shows that time. */
export function realTimeOf({ from, startedAt, speed }: Pace, at: number): number {
  return startedAt + (at - from) / speed;
}

/** What the fast clock shows at a real moment (both epoch ms). */
export function fastTimeOf({ from, startedAt, speed }: Pace, real: number): number {
  return from + (real - startedAt) * speed;
}

/** The agent's clock at that pace. */
export function makeFastClock(pace: Pace): Clock {
  const now = () => fastTimeOf(pace, realNow());
  return {
    now: () => Math.round(now()),
    monotonic: () => now() - pace.from,
    after(milliseconds, task) {
      const wait = answerWaits.has(milliseconds) ? milliseconds : milliseconds / pace.speed;
      const timer = setTimeout(task, wait);
      return () => clearTimeout(timer);
    },
  };
}
