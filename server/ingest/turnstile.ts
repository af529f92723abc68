/** Where batches wait until they are read. */
export interface Turnstile {
  /** Resolved when it is this one's turn; null when so much waits already that it had better come again. */
  enter(bytes: number): Promise<void> | null;
}

const MAX_WAITING_BYTES = 64 * 1024 * 1024;

/**
 * Lets one through in each turn of the event loop. Reading a burst of batches at one go would keep everything else
 * waiting meanwhile: pages, and the database's answers, so that it stood idle.
 */
export function createTurnstile(maxWaitingBytes = MAX_WAITING_BYTES): Turnstile {
  let last = Promise.resolve();
  let waitingBytes = 0;
  return {
    enter(bytes) {
      if (waitingBytes + bytes > maxWaitingBytes) return null;
      waitingBytes += bytes;
      last = last.then(() => new Promise((resolve) => setImmediate(resolve)));
      return last.then(() => {
        waitingBytes -= bytes;
      });
    },
  };
}
