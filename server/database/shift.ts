import type { Interval } from "#schema/time";

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
