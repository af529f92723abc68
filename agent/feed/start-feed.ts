import { join } from "node:path";
import type { Clock } from "../clock.ts";
import type { Reply, Sense } from "../control/messages.ts";
import { done, refuse } from "../session/reply.ts";
import { startCsvFeed } from "./csv-feed.ts";
import { describeFeed, type FeedFacts } from "./describe-feed.ts";
import { FEED_FILE, type FeedMapping, readFeedMapping } from "./feed-mapping.ts";
import { type FeedEvent, type FeedTask, parseFeedEvent } from "./parse-feed-event.ts";
import { createRepeats } from "./repeats.ts";
import { type Move, moveThreads, noThreads, openThreads } from "./threads.ts";

/** A contact or state nothing more is heard of is over after this: a sender that stopped must not record for ever. */
const STALE_MS = 12 * 3_600_000;
/** Words without a mapping that are told apart; more than this is no list of states. */
const MAX_UNMAPPED = 100;

export interface FeedOptions {
  /** The agent's folder, where the mapping is. */
  folder: string;
  clock: Clock;
  /**
   * A state of a thread (`main`, or one of several contacts), null when it ends. `at`, epoch ms, is at most two minutes
   * ago and never ahead, nor before the last one of its thread unless the clock was set back.
   */
  onState: (state: { thread: string; task: FeedTask | null; at: number }) => void;
  /** What the person should know; never a word of what came. */
  say: (line: string) => void;
  mapping?: FeedMapping;
}

/** What telephone systems and customer files tell of their state. */
export interface Feed {
  readonly state: Sense;
  /** Takes one message, as posted to the desk page's address. Answers as usual when nothing is wanted. */
  take(body: unknown): Reply;
  /** Whether anything is wanted now. Without it nothing is read from the file, and what comes is forgotten at once. */
  setWanted(wanted: boolean): void;
  stop(): void;
}

/**
 * Makes the feed; nothing is wanted of it yet.
 * @throws FeedError when the mapping file cannot be read
 */
export function startFeed(options: FeedOptions): Feed {
  const { clock, onState, say } = options;
  const mapping = options.mapping ?? readFeedMapping(join(options.folder, FEED_FILE));
  const repeats = createRepeats(clock);
  const unmapped = new Set<string>();
  const stale = new Map<string, () => void>();
  let wanted = false;
  let since = 0;
  let threads = noThreads;
  let hasCome = false;
  let badLines = 0;
  let file: FeedFacts["file"] = null;
  let stopFile = () => {};

  function record(body: unknown): Reply {
    const parsed = parseFeedEvent(body, mapping);
    if (!parsed.ok) return refuse("bad-state", parsed.reason);
    const { event } = parsed;
    // The answer is the same whether anything is wanted or not: whoever sends cannot tell a pause from it.
    if (wanted && !(event.event !== null && repeats.isRepeated(event.event))) keep(event);
    const notes = [
      event.unmapped !== null && `The state is not in ${FEED_FILE}, so it counts as unknown.`,
      event.ignored > 0 && `Fields that are not used: ${event.ignored}.`,
    ];
    return done("taken", ["Taken.", ...notes.filter((note) => note !== false)].join(" "));
  }

  function keep({ thread, task, at, unmapped: word }: FeedEvent): void {
    hasCome = true;
    if (word !== null) noteUnmapped(word);
    // What began while nothing was wanted counts from now on, if at all.
    const told = at !== null && at < since ? null : at;
    move({ id: thread, ends: task === null, told }, task);
  }

  function move(
    state: { id: string; ends: boolean; told: number | null },
    task: FeedTask | null,
  ): void {
    const moved = moveThreads(threads, state, clock.now());
    threads = moved.threads;
    for (const each of moved.moves) tell(each, state.id, task);
  }

  function tell({ thread, ends, at }: Move, id: string, task: FeedTask | null): void {
    stale.get(thread)?.();
    stale.delete(thread);
    if (!ends)
      stale.set(
        thread,
        clock.after(STALE_MS, () => move({ id, ends: true, told: null }, null)),
      );
    onState({ thread, task: ends ? null : task, at });
  }

  function noteUnmapped(word: string): void {
    if (unmapped.size === 0)
      say(`The feed told a state that is not in ${FEED_FILE}: it counts as unknown.`);
    if (unmapped.size < MAX_UNMAPPED) unmapped.add(word);
  }

  function noteBadLine(): void {
    if (badLines === 0) say(`A line of the file named in ${FEED_FILE} could not be read.`);
    badLines += 1;
  }

  function forgetAll(): void {
    for (const cancel of stale.values()) cancel();
    stale.clear();
    const open = openThreads(threads);
    threads = noThreads;
    repeats.forget();
    for (const { thread } of open) onState({ thread, task: null, at: clock.now() });
  }

  function setWanted(next: boolean): void {
    if (next === wanted) return;
    wanted = next;
    since = clock.now();
    if (!next) {
      stopFile();
      stopFile = () => {};
      file = null;
      hasCome = false;
      forgetAll();
    } else if (mapping.csv) {
      file = "opening";
      stopFile = startCsvFeed({
        source: mapping.csv,
        clock,
        onMessage: (body) => {
          if (!record(body).ok) noteBadLine();
        },
        onBadLine: noteBadLine,
        onState: (state) => {
          file = state;
        },
      });
    }
  }

  return {
    get state() {
      return describeFeed({ wanted, hasCome, unmapped: unmapped.size, badLines, file });
    },
    take: record,
    setWanted,
    stop: () => setWanted(false),
  };
}
