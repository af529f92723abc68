import type { Clock } from "#agent/clock";

/** A clock that moves only when told. */
export interface ManualClock extends Clock {
  /** Moves on, running what falls due on the way, in order. */
  advance(milliseconds: number): void;
  /** Moves the wall clock alone, as a person or a time server does. */
  jump(milliseconds: number): void;
  /** Milliseconds until the next thing due; null when nothing waits. */
  nextDue(): number | null;
}

export function makeManualClock(start = Date.parse("2026-11-25T08:30:00.000Z")): ManualClock {
  let elapsed = 0;
  let offset = start;
  let waiting: { due: number; task: () => void }[] = [];
  const earliest = () => waiting.toSorted((a, b) => a.due - b.due)[0];
  return {
    now: () => offset + elapsed,
    monotonic: () => elapsed,
    after(milliseconds, task) {
      const entry = { due: elapsed + milliseconds, task };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    advance(milliseconds) {
      const until = elapsed + milliseconds;
      for (let next = earliest(); next && next.due <= until; next = earliest()) {
        elapsed = Math.max(elapsed, next.due);
        waiting = waiting.filter((other) => other !== next);
        next.task();
      }
      elapsed = until;
    },
    jump(milliseconds) {
      offset += milliseconds;
    },
    nextDue: () => {
      const next = earliest();
      return next ? next.due - elapsed : null;
    },
  };
}
