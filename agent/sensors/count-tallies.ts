import type { Clock } from "../clock.ts";
import {
  type Counted,
  countInput,
  type FinishedTally,
  forgetWindow,
  nextTelling,
  nothingCounted,
  passTime,
} from "./tally-input.ts";

export interface TallyCount {
  count(counted: Counted): void;
  /** Takes a window (epoch ms) out of what was not told yet. */
  forget(window: { from: number; to: number }): void;
  /** Tells the bins that are over, and forgets the one under way. */
  end(): void;
}

/** Counts input in memory, and tells each five minutes of it once they are over. */
export function countTallies(clock: Clock, onTally: (tally: FinishedTally) => void): TallyCount {
  let state = nothingCounted;
  let cancel: (() => void) | null = null;
  const moment = () => ({ wall: clock.now(), steady: clock.monotonic() });

  function take({ state: next, done }: ReturnType<typeof passTime>): void {
    state = next;
    for (const tally of done) onTally(tally);
    const wait = nextTelling(state, moment());
    if (cancel !== null || wait === null) return;
    cancel = clock.after(wait, () => {
      cancel = null;
      take(passTime(state, moment()));
    });
  }

  return {
    count: (counted) => take(countInput(state, counted, moment())),
    forget(window) {
      state = forgetWindow(state, window);
    },
    end() {
      const { toldUntil } = state;
      const { done } = passTime({ ...state, last: null }, moment());
      state = {
        ...nothingCounted,
        toldUntil: Math.max(toldUntil, ...done.map(({ start }) => start)),
      };
      cancel?.();
      cancel = null;
      for (const tally of done) onTally(tally);
    },
  };
}
