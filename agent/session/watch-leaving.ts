import type { Clock } from "../clock.ts";
import type { Decision } from "./permission.ts";

/** On a shared machine, one whose screen was locked, or whose shift was over, for so long has left it. */
const LEFT_MS = 10 * 60_000;

/**
 * On a shared machine: calls `onLeft` when a person seems to have gone without signing out, so that the next one is
 * not recorded as them. A pause that runs out by itself is such a sign too: whoever is still here signs in again.
 */
export function watchLeaving(clock: Clock, onLeft: () => void) {
  const signs = new Set<"locked" | "hours">();
  let cancel = () => {};

  function note(sign: "locked" | "hours", isThere: boolean): void {
    if (signs.has(sign) === isThere) return;
    if (isThere) signs.add(sign);
    else signs.delete(sign);
    cancel();
    if (signs.size > 0) cancel = clock.after(LEFT_MS, onLeft);
  }

  return {
    locked: (isLocked: boolean) => note("locked", isLocked),
    recording({ state, pauseRanOut }: Decision): void {
      note("hours", state === "outside-hours");
      if (pauseRanOut) onLeft();
    },
    end(): void {
      cancel();
      signs.clear();
    },
  };
}
