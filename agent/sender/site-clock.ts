import { millisecondsOf, type Timestamp } from "#schema/time";
import type { Clock } from "../clock.ts";

/**
 * The site refuses what lies more than five minutes after its own time; a batch that lies almost so far ahead waits
 * here instead, because a refusal is for ever.
 */
const AHEAD_MS = 4 * 60_000;

/** What time it is at the site, measured anew at each connection and carried on by the steady clock in between. */
export function makeSiteClock(clock: Clock) {
  let measured: { site: number; steady: number } | null = null;

  /** Epoch ms at the site; null before it was ever measured. */
  const now = () => measured && Math.round(measured.site + (clock.monotonic() - measured.steady));

  return {
    now,

    measure(time: Timestamp): void {
      measured = { site: millisecondsOf(time), steady: clock.monotonic() };
    },

    /** Milliseconds by which this machine's wall clock is ahead of the site's; negative when behind. */
    ahead(): number {
      const site = now();
      return site === null ? 0 : clock.now() - site;
    },

    /** Milliseconds until the site takes something of that time (epoch ms); 0 when that is now. */
    waitFor(time: number): number {
      const site = now();
      return site === null ? 0 : Math.max(0, time - AHEAD_MS - site);
    },
  };
}

/** What the person should know of a clock that differs; null when it hardly does and nothing waits for it. */
export function describeClock(aheadMs: number, waiting: number): string | null {
  if (Math.abs(aheadMs) < AHEAD_MS && waiting === 0) return null;
  const minutes = Math.round(Math.abs(aheadMs) / 60_000);
  const where = aheadMs < 0 ? "behind" : "ahead of";
  const differs =
    minutes === 0
      ? "The clock of this machine was ahead of the site's."
      : `The clock of this machine is ${minutes} min ${where} the site's. Set it right.`;
  if (waiting === 0) return differs;
  return `${differs} What was recorded in the site's future waits until that time comes (batches: ${waiting}).`;
}
