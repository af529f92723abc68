import { z } from "zod";
import type { Mark, Tally } from "#schema/activity";
import { type Batch, countEvents } from "#schema/batch";
import type { CategoryId, Charter } from "#schema/charter";
import { guardEvents, mayRecord } from "./charter-guard.ts";
import type { Clock } from "./clock.ts";
import type { Outbox } from "./outbox.ts";
import {
  advance,
  beginTimeline,
  closeAfterCrash,
  cutWindow,
  hasSlept,
  openSpan,
  type SpanContent,
  type Timeline,
  timeOf,
} from "./tracker.ts";
import { type Declared, declared, endTask, formatMark, nothingDeclared } from "./work/declared.ts";
import { forgetDeclared, forgetEvents } from "./work/forget-window.ts";
import { chooseLayers, feedLayer, type Presence, type Scene } from "./work/layers.ts";

/**
 * What must outlive a crash: what is open and the time (epoch ms) up to which it is known. Parked tasks outlive a
 * restart as well.
 */
const note = z.strictObject({ at: z.number(), open: z.array(openSpan), declared });

type Events = Pick<Batch, "spans" | "marks" | "tallies">;

export interface RecorderOptions {
  outbox: Outbox;
  clock: Clock;
  /** The zone whose offset the times carry. */
  zone: string;
  /** The charter in force with the person's own choices; null records nothing. */
  charter: Charter | null;
  /** Runs a write to disk; false when it failed, and then it was told and nothing was written. */
  write: (task: () => void) => boolean;
}

/** Turns what happens at the workstation into events in the outbox, as far as charter, person and hours allow. */
export interface Recorder {
  readonly scene: Scene;
  /** Events that the disk has not taken yet. */
  readonly unsaved: number;
  /** Spans under way, in the order in which they began. */
  openSpans(): { start: number; content: SpanContent }[];
  /** Epoch ms now, by the clock that durations are measured with. */
  now(): number;
  /**
   * What may be recorded from now on; null ends all that is under way, and remembers nothing of what happens until
   * the next one. What is no longer allowed ends here.
   */
  allow(charter: Charter | null): void;
  /** What the person says of their work, with marks that go with it. */
  declare(after: Declared, marks?: readonly Mark[]): void;
  inFront(category: string | null): void;
  presence(presence: Presence): void;
  /** A state of a feed since that time (epoch ms, a moment ago at most); null ends its thread. */
  feed(thread: string, content: SpanContent | null, at?: number): void;
  tally(tally: Tally): void;
  /** Takes a window (epoch ms) out of what is still under way here; the outbox does the same for what it holds. */
  forget(window: { from: number; to: number }): void;
  /** Notes that the agent is alive, so that after a crash open spans can be closed at this time. */
  beat(): void;
  /** Ends what is open. */
  close(): void;
}

/** Starts recording; first closes what an agent that died had left open. */
export function startRecorder(options: RecorderOptions): Recorder {
  const { outbox, clock, zone, write } = options;
  const moment = () => ({ wall: clock.now(), steady: clock.monotonic() });
  let charter = options.charter;
  let timeline = beginTimeline(moment());
  let scene: Scene = { declared: nothingDeclared, feed: {}, inFront: null, presence: null };
  let turn = 0;
  let unsaved = noEvents();

  const left = note.safeParse(outbox.readNote());
  if (left.success) {
    const { open, at } = left.data;
    const { parked, marks, turns } = left.data.declared;
    scene = { ...scene, declared: { task: null, parked, marks: [], turns } };
    keep({
      ...noEvents(),
      spans: closeAfterCrash(open, at, zone),
      marks: marks.map((mark) => formatMark(mark, zone)),
    });
  }

  /** Events and the note of what is still open go to disk in one transaction. */
  function keep(events: Events): void {
    const kept = guardEvents(charter, events);
    unsaved.spans.push(...kept.spans);
    unsaved.marks.push(...kept.marks);
    unsaved.tallies.push(...kept.tallies);
    const open = Object.values(timeline.open);
    const state = { at: timeOf(timeline, moment()), open, declared: scene.declared };
    if (write(() => outbox.addAll(unsaved, state))) unsaved = noEvents();
  }

  /** Brings everything to now; writes only when something has changed. */
  function bring(
    change: {
      marks?: readonly Mark[];
      tallies?: readonly Tally[];
      told?: Readonly<Record<string, number>>;
    } = {},
    allowed: Charter | null = charter,
  ): void {
    const at = moment();
    if (hasSlept(timeline, at)) {
      const slept = endTask(scene.declared);
      change = { ...change, marks: [...(change.marks ?? []), ...abandonMarks()] };
      scene = { ...scene, declared: { ...slept, marks: [] }, feed: {} };
    }
    const before = timeline;
    const wanted = allowed === null ? {} : chooseLayers(scene, allowed);
    const { timeline: after, spans } = advance(before, wanted, at, zone, change.told);
    timeline = after;
    const { marks = [], tallies = [] } = change;
    const events = { spans, marks: [...marks], tallies: [...tallies] };
    if (countEvents(events) > 0 || !sameOpen(before, after)) keep(events);
  }

  /** What is known changes now: first everything is brought to this moment, as it was until now. */
  function learn(news: Partial<Scene>): void {
    bring();
    scene = { ...scene, ...news };
    bring();
  }

  /** Marks whose end will not be known. */
  function abandonMarks(): Mark[] {
    return scene.declared.marks.map((mark) => formatMark(mark, zone));
  }

  function end(): void {
    const marks = abandonMarks();
    scene = {
      ...scene,
      declared: { ...endTask(scene.declared), marks: [] },
      feed: {},
      inFront: null,
      presence: null,
    };
    bring({ marks });
  }

  return {
    get scene() {
      return scene;
    },
    get unsaved() {
      return countEvents(unsaved);
    },
    openSpans: () =>
      Object.values(timeline.open)
        .map(({ start, content }) => ({ start, content }))
        .sort((a, b) => a.start - b.start),
    now() {
      bring();
      return timeOf(timeline, moment());
    },
    allow(next) {
      bring();
      if (next === null) {
        if (charter !== null) end();
        charter = null;
        return;
      }
      // What the next one no longer has on ends now, still under the one before.
      if (charter !== null) {
        const { task } = scene.declared;
        if (task && !mayRecord(next, task.said.kind))
          scene = { ...scene, declared: endTask(scene.declared) };
        bring({}, intersect(charter, next));
      }
      charter = next;
      bring();
    },
    declare(after, marks = []) {
      bring();
      // A task put aside has a number by now, which the span that ends here is to carry as well.
      const aside = after.parked.find(({ turn: known }) => known === scene.declared.task?.turn);
      if (aside) learn({ declared: { ...scene.declared, task: aside } });
      scene = { ...scene, declared: after };
      bring({ marks });
      // A task put aside or a mark left open changes no span, and must outlive a crash all the same.
      keep(noEvents());
    },
    inFront(category) {
      if (charter !== null) learn({ inFront: category });
    },
    presence(presence) {
      if (charter !== null && scene.presence !== presence) learn({ presence });
    },
    feed(thread, content, at) {
      if (charter === null) return;
      bring();
      const { [thread]: known, ...others } = scene.feed;
      if (content === null && !known) return;
      if (content && known && JSON.stringify(known.content) === JSON.stringify(content)) return;
      turn += 1;
      scene = {
        ...scene,
        feed: content ? { ...others, [thread]: { content, turn } } : others,
      };
      bring(at === undefined ? {} : { told: { [feedLayer(thread)]: at } });
    },
    tally(tally) {
      if (charter !== null) bring({ tallies: [tally] });
    },
    forget({ from, to }) {
      bring();
      const window = { from, to: Math.min(to, timeOf(timeline, moment())) };
      if (window.to <= window.from) return;
      const cut = cutWindow(timeline, window, zone);
      const forgotten = forgetDeclared(scene.declared, window, zone);
      timeline = cut.timeline;
      scene = { ...scene, declared: forgotten.declared };
      unsaved = forgetEvents(unsaved, window);
      keep({ ...noEvents(), spans: cut.spans, marks: forgotten.marks });
    },
    beat() {
      bring();
      const isUnderWay = Object.keys(timeline.open).length + scene.declared.marks.length > 0;
      if (isUnderWay || countEvents(unsaved) > 0) keep(noEvents());
    },
    close() {
      end();
      if (countEvents(unsaved) > 0) keep(noEvents());
    },
  };
}

/** The first charter, less what the second does not have on. */
function intersect(first: Charter, second: Charter): Charter {
  const isKept = (id: CategoryId) => second.categories.some((each) => each.id === id && each.on);
  return {
    ...first,
    categories: first.categories.map((each) => ({ ...each, on: each.on && isKept(each.id) })),
  };
}

function noEvents(): Events {
  return { spans: [], marks: [], tallies: [] };
}

function sameOpen({ open: before }: Timeline, { open: after }: Timeline): boolean {
  const names = Object.keys(after);
  return (
    names.length === Object.keys(before).length &&
    names.every((name) => {
      const [was, is] = [before[name], after[name]];
      return (
        was?.key === is?.key && was?.start === is?.start && was?.content.task === is?.content.task
      );
    })
  );
}
