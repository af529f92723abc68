import type { StoredSpan } from "#schema/activity";
import { DAY_MS, formatInZone, type Interval, millisecondsOf } from "#schema/time";
import type { Sender } from "../sender.ts";

const SECOND_MS = 1_000;

/** Asks the site, a day at a time, for what it holds of one workstation that starts in the window. */
export async function readBack(
  sender: Pick<Sender, "readStored">,
  window: Interval,
  zone: string,
): Promise<StoredSpan[]> {
  const found: StoredSpan[] = [];
  for (let from = window.start; from < window.end; from += DAY_MS) {
    const to = Math.min(window.end, from + DAY_MS);
    // A second more on either side, then by start: a span on a boundary comes once, whichever side the site puts it.
    const { spans } = await sender.readStored({
      from: formatInZone(from - SECOND_MS, zone),
      to: formatInZone(to + SECOND_MS, zone),
    });
    for (const span of spans) {
      const start = millisecondsOf(span.start);
      if (start >= from && start < to) found.push(span);
    }
  }
  return found;
}
