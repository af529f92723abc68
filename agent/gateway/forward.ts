import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { Stretch } from "./merge-heartbeat.ts";
import type { RedactedData } from "./redacted-data.ts";
import { makeSignal } from "./signal.ts";

/** What the watchers say just now, handed to the rest of the agent. */
export interface Receivers {
  /** Category of the window in front; null when no watcher says one any longer. */
  onWindow(category: string | null): void;
  /** Category of the page in front of a browser; null as above. */
  onTab(category: string | null): void;
  /** Whether the person is away; null as above. */
  onAway(isAway: boolean | null): void;
  /** How many keys, clicks and turns of the wheel since the last call. */
  onInput(counts: InputCounts): void;
}

export interface InputCounts {
  keys: number;
  clicks: number;
  scrolls: number;
}

/** One heartbeat on its way to the receivers. */
export interface Forwarded extends Stretch {
  bucket: { id: string; type: string };
  data: RedactedData;
  /** As it came; of this only counts of input are read. */
  raw: unknown;
  /** It reaches further than what its bucket had: not the same heartbeat sent twice. */
  isNews: boolean;
  /** Microseconds. */
  pulsetime: number;
}

const MINUTE = 60_000_000;
const GRACE_MS = 5_000;
/** No watcher may hold a category for longer, whatever pulsetime it names. */
const LONGEST_MS = 15 * 60_000;

/**
 * Forwards what happens now: a heartbeat that ends within the last minute (or within its pulsetime, if that is longer:
 * the watcher of absence tells the time of the last input). What it said counts until no heartbeat came for twice the
 * pulsetime and five seconds.
 */
export function makeForward(receivers: Receivers, clock: Clock) {
  const window = makeSignal<string>(clock, (category) => receivers.onWindow(category));
  const tab = makeSignal<string>(clock, (category) => receivers.onTab(category));
  const away = makeSignal<boolean>(clock, (isAway) => receivers.onAway(isAway));

  return {
    take({ bucket, start, duration, data, raw, isNews, pulsetime }: Forwarded): void {
      const now = clock.now() * 1000;
      if (start > now + MINUTE || start + duration < now - Math.max(MINUTE, pulsetime)) return;
      const good = Math.min(LONGEST_MS, (2 * Math.max(0, pulsetime)) / 1000 + GRACE_MS);
      const { app, status } = data;
      if (bucket.type === "currentwindow" && app !== undefined) window.say(bucket.id, app, good);
      else if (bucket.type === "web.tab.current" && app !== undefined)
        tab.say(bucket.id, app, good);
      else if (bucket.type === "afkstatus" && status !== undefined)
        away.say(bucket.id, status === "afk", good);
      else if (bucket.type === "os.hid.input" && isNews) {
        const counts = readCounts(raw);
        if (counts.keys + counts.clicks + counts.scrolls > 0) receivers.onInput(counts);
      }
    },
    /** What was said counts no longer. */
    clear(): void {
      for (const signal of [window, tab, away]) signal.clear();
    },
  };
}
export type Forward = ReturnType<typeof makeForward>;

/** No hand does more between two heartbeats. */
const count = z.number().min(0).max(100_000).transform(Math.round).catch(0);
const input = z.object({ presses: count, clicks: count, scrollX: count, scrollY: count });

function readCounts(raw: unknown): InputCounts {
  const { presses, clicks, scrollX, scrollY } = input.parse(raw);
  return { keys: presses, clicks, scrolls: scrollX + scrollY };
}
