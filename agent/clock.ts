/** Time as the agent sees it. Injected, so that tests need no waiting. */
export interface Clock {
  /** Wall clock in epoch milliseconds; it may jump. */
  now(): number;
  /** Milliseconds since an arbitrary moment; it never jumps. Backoff and windows use this one. */
  monotonic(): number;
  /** Runs `task` once after that many milliseconds; the result cancels it. */
  after(milliseconds: number, task: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(milliseconds, task) {
    const timer = setTimeout(task, milliseconds);
    return () => clearTimeout(timer);
  },
};
