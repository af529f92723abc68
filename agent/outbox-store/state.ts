import { z } from "zod";
import { type Gap, gap } from "#schema/batch";

const count = z.int().min(0);

/** The one record that says what the rest of the store must hold; it changes in the same transactions. */
export const outboxState = z.strictObject({
  /** Transactions so far: a store that has fewer than the small file remembers has lost its last ones. */
  commits: count.default(0),
  epoch: z.int().min(1).nullable(),
  /** The highest number given out in each epoch, so that none is ever used twice. */
  lastSeqs: z.array(z.strictObject({ epoch: z.int(), seq: z.int() })),
  nextOpen: count,
  nextDead: count,
  open: count,
  openBytes: count,
  sealed: count,
  sealedBytes: count,
  sealedEvents: count,
  /** Sealed batches of which a copy may be at the site. */
  sent: count.default(0),
  dead: count,
  /** Batches of the last day that left, and their bytes. */
  mirror: count.default(0),
  mirrorBytes: count.default(0),
  /** When this epoch and the ones before were given up over a conflict, epoch ms; the last hour's. */
  conflicts: z.array(z.number()).default([]),
  /** Something was deleted whose old pages are still in the file. */
  unwiped: z.boolean().default(false),
  /** Stores set aside from then on (epoch ms) may hold what was deleted, and are to be removed. */
  wipeAsideFrom: z.number().nullable().default(null),
  /** How far the time by which events are held back had come, and the wall clock then; null in earlier versions. */
  held: z.strictObject({ hold: z.number(), wall: z.number() }).nullable().default(null),
  /** Losses still to be told; each rides in a batch of its own. */
  gaps: z.array(gap),
  /** Events that were lost before they had a number: no room for them, or no reading them. */
  lostUnnumbered: count,
});
export type OutboxState = z.infer<typeof outboxState>;

export const emptyState: OutboxState = {
  commits: 0,
  epoch: null,
  lastSeqs: [],
  nextOpen: 1,
  nextDead: 1,
  open: 0,
  openBytes: 0,
  sealed: 0,
  sealedBytes: 0,
  sealedEvents: 0,
  sent: 0,
  dead: 0,
  mirror: 0,
  mirrorBytes: 0,
  conflicts: [],
  unwiped: false,
  wipeAsideFrom: null,
  held: null,
  gaps: [],
  lostUnnumbered: 0,
};

/** The highest number given out in that epoch; 0 when none was. */
export function lastSeqOf(state: OutboxState, epoch: number): number {
  return state.lastSeqs.find((entry) => entry.epoch === epoch)?.seq ?? 0;
}

/** Notes that a number was given out. */
export function recordSeq(state: OutboxState, epoch: number, seq: number): void {
  const entry = state.lastSeqs.find((candidate) => candidate.epoch === epoch);
  if (entry) entry.seq = Math.max(entry.seq, seq);
  else state.lastSeqs.push({ epoch, seq });
}

/** Adds a loss; one that continues an earlier loss for the same reason extends it. */
export function addGap(gaps: readonly Gap[], added: Gap): Gap[] {
  const touching = gaps.findIndex(
    (known) =>
      known.epoch === added.epoch &&
      known.reason === added.reason &&
      added.fromSeq <= known.toSeq + 1 &&
      added.toSeq >= known.fromSeq - 1,
  );
  const known = gaps[touching];
  if (!known) return [...gaps, added];
  const merged = {
    ...known,
    fromSeq: Math.min(known.fromSeq, added.fromSeq),
    toSeq: Math.max(known.toSeq, added.toSeq),
  };
  return addGap(
    gaps.filter((_, index) => index !== touching),
    merged,
  );
}
