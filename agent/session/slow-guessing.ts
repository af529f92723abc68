import type { Clock } from "../clock.ts";

const FIRST_WAIT_MS = 1_000;
const MAX_WAIT_MS = 60_000;
/** Names remembered at once: more are guesses at names. */
const MAX_NAMES = 100;

/** Makes wrong passphrases cost more and more time, for each name by itself: nobody locks out anybody else. */
export function slowGuessing(clock: Clock) {
  const known = new Map<string, { wrong: number; until: number }>();
  const spell = (name: string) => name.trim().normalize("NFC").toLowerCase();
  return {
    waitSeconds(name: string): number {
      const until = known.get(spell(name))?.until ?? Number.NEGATIVE_INFINITY;
      return Math.max(0, Math.ceil((until - clock.monotonic()) / 1000));
    },
    wrong(name: string): void {
      const wrong = (known.get(spell(name))?.wrong ?? 0) + 1;
      const wait = Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** (wrong - 1));
      known.delete(spell(name));
      known.set(spell(name), { wrong, until: clock.monotonic() + wait });
      const [oldest] = known.keys();
      if (known.size > MAX_NAMES && oldest !== undefined) known.delete(oldest);
    },
    right(name: string): void {
      known.delete(spell(name));
    },
  };
}
