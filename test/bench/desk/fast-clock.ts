import type { Clock } from "#agent/clock";

/** Waits for an answer of the display or the site, and for the last batch at the end: both are no faster than ever. */
const answerWaits: ReadonlySet<number> = new Set([3_000, 5_000, 30_000]);

/** A clock that shows `from` at the real moment `fastFrom` (both epoch ms); as any other before, and that much faster after. */
export interface Pace {
  from: number;
  fastFrom: number;
  speed: number;
}

/** Epoch ms of this machine; unlike the system's time it does not jump. */
export const realNow = () => performance.timeOrigin + performance.now();

/** What the fast clock shows at a real moment (both epoch ms). */
export function fastTimeOf({ from, fastFrom, speed }: Pace, real: number): number {
  const since = real - fastFrom;
  return from + (since > 0 ? since * speed : since);
}

/** The real moment (epoch ms) at which the fast clock shows that time. */
export function realTimeOf({ from, fastFrom, speed }: Pace, at: number): number {
  const since = at - from;
  return fastFrom + (since > 0 ? since / speed : since);
}

/** The agent's clock at that pace. */
export function makeFastClock(pace: Pace): Clock {
  const now = () => fastTimeOf(pace, realNow());
  return {
    now: () => Math.round(now()),
    monotonic: () => now() - pace.from,
    after(milliseconds, task) {
      const wait = answerWaits.has(milliseconds)
        ? milliseconds
        : realTimeOf(pace, now() + milliseconds) - realNow();
      const timer = setTimeout(task, wait);
      return () => clearTimeout(timer);
    },
  };
}
