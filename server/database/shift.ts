import type { Interval } from "#schema/time";

export const DAY_MS = 86_400_000;

/** A planned working period of a person with its planned breaks, in epoch ms. */
export interface StoredShift extends Interval {
  person: string;
  breaks: Interval[];
}

/** A line of a file that was not taken, and why. */
export interface Refused {
  line: number;
  reason: string;
}
