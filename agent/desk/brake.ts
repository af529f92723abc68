import type { Clock } from "../clock.ts";

const WRONG_ANSWER_MS = 1000;
const MAX_WAITING = 10;

/** Makes one attempt that finds something or nothing; `busy` when it was not made at all. */
export type Brake = <Found>(attempt: () => Found | null) => Promise<Found | null | "busy">;

/**
 * Slows guessing down: a wrong attempt is answered a second later, and while ten of them wait no attempt is made.
 * A browser that has been let in is not asked again, so it is never kept waiting by this.
 */
export function createBrake(clock: Clock): Brake {
  let waiting = 0;
  return async (attempt) => {
    if (waiting >= MAX_WAITING) return "busy";
    const found = attempt();
    if (found !== null) return found;
    waiting += 1;
    await new Promise<void>((resolve) => clock.after(WRONG_ANSWER_MS, resolve));
    waiting -= 1;
    return null;
  };
}
