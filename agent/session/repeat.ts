import type { Clock } from "../clock.ts";

/** Does a task again and again, that many milliseconds apart; the result ends it. */
export function repeat(clock: Clock, milliseconds: number, task: () => void): () => void {
  let cancel = () => {};
  const next = () => {
    cancel = clock.after(milliseconds, () => {
      task();
      next();
    });
  };
  next();
  return () => cancel();
}
