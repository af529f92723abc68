import { nextDelay } from "./backoff.ts";
import type { Clock } from "./clock.ts";

const nameOf = (epoch: number, seq: number) => `${epoch}/${seq}`;

/**
 * Which batches may be sent now. A server that asks for time is given time for everything; a single batch that never
 * gets through also waits longer and longer by itself, so that it cannot hold up those behind it.
 */
export function makeSendQueue(clock: Clock, random: () => number) {
  const inFlight = new Set<string>();
  const held = new Map<string, { attempts: number; until: number }>();
  let attempts = 0;
  let pausedUntil = Number.NEGATIVE_INFINITY;

  return {
    inFlight: () => inFlight.size,
    depart: (epoch: number, seq: number) => inFlight.add(nameOf(epoch, seq)),
    comeBack: (epoch: number, seq: number) => inFlight.delete(nameOf(epoch, seq)),

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
      pausedUntil = Math.max(pausedUntil, now + nextDelay(attempts, random, retryAfter));
      attempts += 1;
    },

    mustWait(epoch: number, seq: number): boolean {
      const name = nameOf(epoch, seq);
      return inFlight.has(name) || (held.get(name)?.until ?? 0) > clock.monotonic();
    },

    /** Milliseconds until everything may be tried again; 0 when that is now. */
    pause: () => Math.max(0, pausedUntil - clock.monotonic()),

    /** Milliseconds until the next held batch may be tried; null when none is held. */
    nextRelease(): number | null {
      const now = clock.monotonic();
      const waits = [...held.values()].map(({ until }) => until - now).filter((wait) => wait > 0);
      return waits.length === 0 ? null : Math.min(...waits);
    },
  };
}
