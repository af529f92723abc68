import type { StoredEvents } from "../site/stored-events.ts";

/**
 * Milliseconds from each order to show another window to the start of its span, as the site holds it.
 * @param switches when each order was given, epoch ms, in order
 * @throws when a window has no span of its own
 */
export function measureLatencies(switches: readonly number[], { spans }: StoredEvents): number[] {
  const starts = spans
    .filter(({ kind }) => kind === "focus")
    .map(({ startedAt }) => startedAt.getTime());
  return switches.map((at, nth) => {
    const next = switches[nth + 1] ?? Number.POSITIVE_INFINITY;
    const start = starts.find((each) => each >= at && each < next);
    if (start === undefined) throw new Error(`window ${nth + 1} was not noticed`);
    return start - at;
  });
}
