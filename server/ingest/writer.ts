import pg from "pg";
import { type Ack, countEvents } from "#schema/batch";
import type { GatedBatch, StoreOutcome } from "../database/activity-write.ts";

/** Writes batches in one transaction; see `storeBatches`. */
export type WriteGroup = (batches: readonly GatedBatch[]) => Promise<StoreOutcome[]>;

export interface WriterOptions {
  writeGroup: WriteGroup;
  /** Called after COMMIT, before the acknowledgement, for each batch that was stored now. */
  onStored: (gated: GatedBatch) => void;
  /** Told of a group the database did not take; the batches are asked for again. */
  onFailure: (error: unknown) => void;
  /** Both count one more for each batch. */
  maxGroupEvents?: number;
  maxWaitingEvents?: number;
}

/** Acknowledges batches after their commit; many agents' batches share one. */
export interface Writer {
  write(gated: GatedBatch): Promise<Ack>;
  /** Resolved once nothing is waiting or being written. */
  drain(): Promise<void>;
}

interface Waiting {
  gated: GatedBatch;
  resolve: (ack: Ack) => void;
}

const RETRY_SECONDS = 5;

/** A batch counts for its events and itself: a flood of empty ones is bounded too. */
const weigh = ({ batch }: GatedBatch) => countEvents(batch) + 1;

/**
 * The writer takes what arrived while the last commit ran and writes it as one group. What does not fit the bound is
 * answered `retry` at once, so that a burst waits at the agents and not in memory.
 */
export function createWriter(options: WriterOptions): Writer {
  const { writeGroup, onStored, onFailure } = options;
  const maxGroupEvents = options.maxGroupEvents ?? 10_000;
  const maxWaitingEvents = options.maxWaitingEvents ?? 200_000;
  let waiting: Waiting[] = [];
  let waitingEvents = 0;
  let running: Promise<void> | undefined;

  function takeGroup(): Waiting[] {
    const group: Waiting[] = [];
    const left: Waiting[] = [];
    const numbers = new Set<string>();
    let events = 0;
    for (const entry of waiting) {
      const { workstation, epoch, seq } = entry.gated.batch;
      const number = `${workstation}/${epoch}/${seq}`;
      const size = weigh(entry.gated);
      // A twin of a number in this group is decided by the next one, against what this one stored.
      if ((events > 0 && events + size > maxGroupEvents) || numbers.has(number)) left.push(entry);
      else {
        group.push(entry);
        numbers.add(number);
        events += size;
      }
    }
    waiting = left;
    waitingEvents -= events;
    return group;
  }

  async function run(): Promise<void> {
    // Lets every frame that has already arrived join the first group.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) await writeOrSplit(takeGroup());
    running = undefined;
  }

  async function writeOrSplit(group: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await writeGroup(group.map((entry) => entry.gated));
      for (const [index, entry] of group.entries()) settle(entry, outcomes[index] ?? "retry");
    } catch (error) {
      onFailure(error);
      // One batch the database cannot hold must not keep its neighbours out.
      if (group.length > 1 && isAboutContent(error))
        for (const entry of group) await writeOrSplit([entry]);
      else for (const entry of group) isDataError(error) ? refuse(entry) : settle(entry, "retry");
    }
  }

  function settle({ gated, resolve }: Waiting, status: StoreOutcome): void {
    const { epoch, seq } = gated.batch;
    if (status === "stored") onStored(gated);
    resolve(
      status === "retry"
        ? { epoch, seq, status, retryAfter: RETRY_SECONDS }
        : { epoch, seq, status },
    );
  }

  function refuse({ gated, resolve }: Waiting): void {
    const { epoch, seq } = gated.batch;
    const refusals = [{ path: "(root)", reason: "the database cannot hold a value of this batch" }];
    resolve({ epoch, seq, status: "refused", refusals });
  }

  return {
    write(gated) {
      const size = weigh(gated);
      const { epoch, seq } = gated.batch;
      if (waitingEvents + size > maxWaitingEvents)
        return Promise.resolve({ epoch, seq, status: "retry", retryAfter: RETRY_SECONDS });
      return new Promise((resolve) => {
        waiting.push({ gated, resolve });
        waitingEvents += size;
        running ??= run();
      });
    },
    async drain() {
      while (running) await running;
    },
  };
}

/** SQLSTATE classes 22 and 23: the data is at fault, not the database; sending it again changes nothing. */
function isDataError(error: unknown): boolean {
  return /^2[23]/.test(sqlStateOf(error));
}

/**
 * Whether the database answered and may have meant one of the batches. Not so when the connection broke (class 08), the
 * transaction was rolled back (40), or the database is full (53), shutting down (57) or at odds with its disk (58).
 */
function isAboutContent(error: unknown): boolean {
  return /^(?!08|40|53|57|58)[0-9A-Z]{5}$/.test(sqlStateOf(error));
}

function sqlStateOf(error: unknown): string {
  return error instanceof pg.DatabaseError ? (error.code ?? "") : "";
}
