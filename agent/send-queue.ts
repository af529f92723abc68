import { nextDelay } from "./backoff.ts";
import type { Clock } from "./clock.ts";
import type { Outbox } from "./outbox.ts";
import type { SealedBatch } from "./seal-batch.ts";

const nameOf = (epoch: number, seq: number) => `${epoch}/${seq}`;

/**
 * Which batches may be sent now. A server that asks for time is given time for everything; a single batch that never
 * gets through also waits longer and longer by itself, and behind those tried less often, so that it holds up nobody.
 */
export function makeSendQueue(clock: Clock, random: () => number) {
  const inFlight = new Set<string>();
  const held = new Map<string, { attempts: number; until: number }>();
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

  return {
    inFlight: () => inFlight.size,
    depart: (epoch: number, seq: number) => inFlight.add(nameOf(epoch, seq)),
    comeBack: (epoch: number, seq: number) => inFlight.delete(nameOf(epoch, seq)),

    /** Up to `room` batches to send now: new ones first, oldest first. */
    choose(outbox: Outbox, room: number): SealedBatch[] {
      const fresh = outbox.pending(room, (epoch, seq) => {
        const name = nameOf(epoch, seq);
        return held.has(name) || inFlight.has(name);
      });
      const again = new Set(releasedNames().slice(0, room - fresh.length));
      if (again.size === 0) return fresh;
      const skip = (epoch: number, seq: number) => !again.has(nameOf(epoch, seq));
      const found = outbox.pending(again.size, skip);
      const names = new Set(found.map(({ epoch, seq }) => nameOf(epoch, seq)));
      // One that is gone was dropped because the outbox is full.
      for (const name of again) if (!names.has(name)) held.delete(name);
      return [...fresh, ...found];
    },

    /** The server has decided about a batch: it answers, so the waiting starts small again. */
    settle(epoch: number, seq: number): void {
      held.delete(nameOf(epoch, seq));
      attempts = 0;
    },

    /** Not now: this batch waits, and all others at least as long as the server needs. */
    hold(epoch: number, seq: number, retryAfter?: number): void {
      const name = nameOf(epoch, seq);
      const own = held.get(name)?.attempts ?? 0;
      const now = clock.monotonic();
      held.set(name, { attempts: own + 1, until: now + nextDelay(own, random, retryAfter) });
      const isNewTrouble = pausedUntil <= now;
      pausedUntil = Math.max(pausedUntil, now + nextDelay(attempts, random, retryAfter));
      if (isNewTrouble) attempts += 1;
    },

    /** Milliseconds until anything may be tried again; 0 when that is now. */
    pause: () => Math.max(0, pausedUntil - clock.monotonic()),

    /** Milliseconds until the next held batch may be tried; null when none is held back. */
    nextRelease(): number | null {
      const now = clock.monotonic();
      const waits = [...held.values()].map(({ until }) => until - now).filter((wait) => wait > 0);
      return waits.length === 0 ? null : Math.min(...waits);
    },
  };
}
