import type { Clock } from "../clock.ts";

/**
 * Looks again and again, each wait beginning when the look before is done; the result stops it. The first look that
 * throws is the last one, and `onFailure` is called without its error, which may hold what was looked at.
 */
export function lookEvery(
  clock: Clock,
  milliseconds: number,
  look: () => void | Promise<void>,
  onFailure: () => void,
): () => void {
  let isStopped = false;
  let cancel = () => {};

  async function takeTurn(): Promise<void> {
    try {
      await look();
    } catch {
      if (isStopped) return;
      isStopped = true;
      onFailure();
      return;
    }
    if (!isStopped) wait();
  }
  function wait(): void {
    cancel = clock.after(milliseconds, () => void takeTurn());
  }

  wait();
  return () => {
    isStopped = true;
    cancel();
  };
}
