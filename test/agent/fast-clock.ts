import type { Clock } from "#agent/clock";

/** A clock that runs so many times faster than the real one, from `start` (epoch ms). */
export function makeFastClock(speed: number, start: number): Clock {
  const begun = performance.now();
  const elapsed = () => (performance.now() - begun) * speed;
  return {
    now: () => Math.round(start + elapsed()),
    monotonic: elapsed,
    after(milliseconds, task) {
      const timer = setTimeout(task, milliseconds / speed);
      return () => clearTimeout(timer);
    },
  };
}
