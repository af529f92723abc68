import { nextDelay } from "./backoff.ts";
import type { Clock } from "./clock.ts";
import type { Outbox } from "./outbox.ts";
import type { SealedBatch } from "./seal-batch.ts";

const nameOf = ({ epoch, seq }: { epoch: number; seq: number }) => `${epoch}/${seq}`;

/** A batch that may not be sent before `until` (steady ms); one that waits for the site's clock was not tried yet. */
interface Held {
  epoch: number;
  seq: number;
  attempts: number;
  until: number;
  waitsForClock: boolean;
}

/**
 * Which batches may be sent now. A server that asks for time is given time for everything; a single batch that never
 * gets through also waits longer and longer by itself, and behind those tried less often, so that it holds up nobody.
 * @param waitFor milliseconds until the site takes something of that time (epoch ms)
 */
export function makeSendQueue(
  clock: Clock,
  random: () => number,
  waitFor: (time: number) => number,
) {
  const inFlight = new Set<string>();
  const held = new Map<string, Held>();
  let attempts = 0;
  let pausedUntil = Number.NEGATIVE_INFINITY;

  /** Names of held batches whose wait is over, those tried least often first. */
  function releasedNames(): string[] {
    const now = clock.monotonic();
    return [...held]
      .filter(([name, { until }]) => until <= now && !inFlight.has(name))
      .sort(([, a], [, b]) => a.attempts - b.attempts)
      .map(([name]) => name);
  }

  /** Whether the site's clock lets a batch be sent; if not, it is held until then. */
  function isInTime(batch: SealedBatch): boolean {
    const wait = waitFor(batch.latest);
    if (wait === 0) return true;
    const { epoch, seq } = batch;
    const attempts = held.get(nameOf(batch))?.attempts ?? 0;
    const until = clock.monotonic() + wait;
    held.set(nameOf(batch), { epoch, seq, attempts, until, waitsForClock: true });
    return false;
  }

  /** The oldest batches never tried, as many as may be sent. */
  function chooseFresh(outbox: Outbox, room: number): SealedBatch[] {
    const chosen = new Map<string, SealedBatch>();
    for (;;) {
      const found = outbox.pending(room - chosen.size, (epoch, seq) => {
        const name = nameOf({ epoch, seq });
        return held.has(name) || inFlight.has(name) || chosen.has(name);
      });
      const inTime = found.filter(isInTime);
      for (const batch of inTime) chosen.set(nameOf(batch), batch);
      if (inTime.length === found.length) return [...chosen.values()];
    }
  }

  function chooseAgain(outbox: Outbox, room: number): SealedBatch[] {
    const again = new Set(releasedNames().slice(0, room));
    if (again.size === 0) return [];
    const skip = (epoch: number, seq: number) => !again.has(nameOf({ epoch, seq }));
    const found = outbox.pending(again.size, skip);
    const names = new Set(found.map(nameOf));
    // One that is gone was dropped because it was too old or the outbox full, or taken apart by its owner.
    for (const name of again) if (!names.has(name)) held.delete(name);
    return found.filter(isInTime);
  }

  return {
    inFlight: () => inFlight.size,
    depart: (batch: SealedBatch) => inFlight.add(nameOf(batch)),
    comeBack: (batch: SealedBatch) => inFlight.delete(nameOf(batch)),

    /** Up to `room` batches to send now: new ones first, oldest first. */
    choose(outbox: Outbox, room: number): SealedBatch[] {
      const fresh = chooseFresh(outbox, room);
      return [...fresh, ...chooseAgain(outbox, room - fresh.length)];
    },

    /** The server has decided about a batch: it answers, so the waiting starts small again. */
    settle(batch: SealedBatch): void {
      held.delete(nameOf(batch));
      attempts = 0;
    },

    /** Not now: this batch waits, and all others at least as long as the server needs. */
    hold(batch: SealedBatch, retryAfter?: number): void {
      const name = nameOf(batch);
      const own = held.get(name)?.attempts ?? 0;
      const now = clock.monotonic();
      const until = now + nextDelay(own, random, retryAfter);
      const { epoch, seq } = batch;
      held.set(name, { epoch, seq, attempts: own + 1, until, waitsForClock: false });
      const isNewTrouble = pausedUntil <= now;
      pausedUntil = Math.max(pausedUntil, now + nextDelay(attempts, random, retryAfter));
      if (isNewTrouble) attempts += 1;
    },

    /** The site's clock was measured anew: whatever waits for it is looked at again. */
    remeasure(): void {
      for (const [name, entry] of [...held])
        if (entry.waitsForClock && entry.attempts === 0) held.delete(name);
        else if (entry.waitsForClock) held.set(name, { ...entry, until: 0, waitsForClock: false });
    },

    /** How many batches wait for the site's clock. */
    waitingForClock: (outbox: Outbox) =>
      [...held.values()].filter(
        (entry) => entry.waitsForClock && outbox.isPending(entry.epoch, entry.seq),
      ).length,

    /** Milliseconds until anything may be tried again; 0 when that is now. */
    pause: () => Math.max(0, pausedUntil - clock.monotonic()),

    /** Milliseconds until the next held batch may be tried; null when none is held back. */
    nextRelease(): number | null {
      const now = clock.monotonic();
      const waits = [...held.values()].map(({ until }) => until - now).filter((wait) => wait > 0);
      return waits.length === 0 ? null : waits.reduce((a, b) => Math.min(a, b));
    },
  };
}
