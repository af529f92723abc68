import { setImmediate as breathe, setTimeout as wait } from "node:timers/promises";
import { HALF_HOUR_MS, type QueueRow } from "#schema/queue";
import { millisecondsOf } from "#schema/time";

/** Something to send, and when the log's own clock would have let it go (epoch ms). */
export interface Step {
  due: number;
  send: () => void | Promise<void>;
}

/** A timer cannot be set for longer. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/**
 * Takes the steps in order of time. With a speed, the log's clock starts at `start` and runs that many times faster
 * than ours; without one, everything goes at once, a little at a time so that answers are heard meanwhile.
 */
export async function play(
  steps: readonly Step[],
  pace: { start: number; speed: number | null; monotonic: () => number },
  onStep: (at: number) => void,
): Promise<void> {
  const began = pace.monotonic();
  for (const step of [...steps].sort((a, b) => a.due - b.due)) {
    if (pace.speed === null) await breathe();
    else
      for (;;) {
        const left = (step.due - pace.start) / pace.speed - (pace.monotonic() - began);
        if (left <= 0) break;
        await wait(Math.min(left, LONGEST_WAIT_MS));
      }
    await step.send();
    onStep(step.due);
  }
}

/** The queue feed by the end of its half hours. */
export function queueSteps(
  rows: readonly QueueRow[],
  send: (rows: QueueRow[]) => Promise<void>,
): Step[] {
  const ends = new Map<number, QueueRow[]>();
  for (const row of rows) {
    const end = millisecondsOf(row.start) + HALF_HOUR_MS;
    const own = ends.get(end);
    if (own) own.push(row);
    else ends.set(end, [row]);
  }
  return [...ends.entries()].map(([due, own]) => ({ due, send: () => send(own) }));
}
