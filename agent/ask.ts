import type { Clock } from "./clock.ts";

/** The other side did not answer in time. */
export class NoAnswer extends Error {
  override name = "NoAnswer";
}

/** Waits for an answer, but no longer than that many milliseconds. @throws NoAnswer */
export function answerWithin<T>(
  clock: Clock,
  milliseconds: number,
  answer: Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(milliseconds, () => reject(new NoAnswer("no answer in time")));
    answer.finally(cancel).then(resolve, reject);
  });
}
