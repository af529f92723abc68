import type { Tally } from "#schema/activity";
import type { Moment } from "../tracker.ts";
import type { InputKind } from "./sensor.ts";

const BIN_MS = 300_000;
/** Two inputs closer than this are one stretch of use; further apart, there was a pause between them. */
const PAUSE_MS = 30_000;
const DOUBLE_CLICK_MS = 500;
/** Wall and steady clock apart by more than this between two inputs: the wall clock was set, or the machine slept. */
const CLOCK_JUMP_MS = 2_000;
const MAX_WAIT_FOR_CLOCK_MS = 900_000;
const MAX_COUNT = 100_000;
const MAX_PAUSES = 10;

/** A tally whose start is epoch ms. */
export type FinishedTally = Omit<Tally, "start"> & { start: number };

type Counts = Omit<FinishedTally, "start" | "label" | "activeSeconds"> & { activeMs: number };

/** Five minutes of input, by the category that was in front. */
interface Bin {
  start: number;
  counts: ReadonlyMap<string, Counts>;
}

/** Of single inputs, only when the last one was, and the last click that may become a double click. */
export interface InputTally {
  bins: readonly Bin[];
  last: Moment | null;
  lastClick: number | null;
  /** Start of the last bin that was told, epoch ms: none is told twice. */
  toldUntil: number;
}

export const nothingCounted: InputTally = {
  bins: [],
  last: null,
  lastClick: null,
  toldUntil: Number.NEGATIVE_INFINITY,
};

/** Input of one kind while a category was in front. More than one at once come from a watcher that adds them up. */
export interface Counted {
  kind: InputKind;
  times: number;
  category: string;
}

const zero: Counts = { activeMs: 0, keys: 0, clicks: 0, doubleClicks: 0, scrolls: 0, pauses: 0 };

/**
 * Counts input into the bin of its moment, and gives the bins that are over. The time since the input before counts
 * as use when it is below 30 s, else it is a pause, both for the category of the later of the two.
 */
export function countInput(
  before: InputTally,
  counted: Counted,
  at: Moment,
): { state: InputTally; done: FinishedTally[] } {
  const known = forgetAfterJump(before, at);
  const start = binOf(at.wall);
  const gap = known.last && at.steady - known.last.steady;
  const isDouble =
    counted.kind === "click" &&
    counted.times === 1 &&
    known.lastClick !== null &&
    at.steady - known.lastClick <= DOUBLE_CLICK_MS;
  const click = counted.times === 1 && !isDouble ? at.steady : null;

  let { bins } = known;
  const inUse = gap !== null && gap < PAUSE_MS ? gap : 0;
  const inThisBin = Math.min(inUse, Math.max(0, at.wall - start));
  bins = addUse(bins, start - BIN_MS, counted.category, inUse - inThisBin, known.toldUntil);
  bins = addUse(bins, start, counted.category, inThisBin, known.toldUntil);
  const isPause = gap !== null && gap >= PAUSE_MS;
  if (start > known.toldUntil)
    bins = change(bins, start, counted.category, (counts) =>
      add(counts, counted, isDouble, isPause && pausesOf(bins, start) < MAX_PAUSES),
    );
  return passTime(
    {
      ...known,
      bins,
      last: at,
      lastClick: counted.kind === "click" ? click : known.lastClick,
    },
    at,
  );
}

/** Gives the bins that are over and to which no more input or use can belong. */
export function passTime(
  before: InputTally,
  at: Moment,
): { state: InputTally; done: FinishedTally[] } {
  const { last } = before;
  const isOver = ({ start }: Bin) =>
    at.wall >= start + BIN_MS &&
    (last === null || at.steady - last.steady >= PAUSE_MS || last.wall >= start + BIN_MS);
  const over = before.bins.filter(isOver);
  if (over.length === 0) return { state: before, done: [] };
  return {
    state: {
      ...before,
      bins: before.bins.filter((bin) => !isOver(bin)),
      toldUntil: Math.max(before.toldUntil, ...over.map(({ start }) => start)),
    },
    done: over.flatMap(finish),
  };
}

/** Milliseconds after which to ask `passTime` again; null while nothing is counted. */
export function nextTelling({ bins, last }: InputTally, at: Moment): number | null {
  const [first] = bins;
  if (!first) return null;
  const quiet = last === null ? 0 : last.steady + PAUSE_MS - at.steady;
  const wait = Math.max(0, first.start + BIN_MS - at.wall, quiet);
  return Math.min(wait, BIN_MS + PAUSE_MS);
}

/** Forgets what was counted in a window (epoch ms), by whole bins. */
export function forgetWindow(state: InputTally, window: { from: number; to: number }): InputTally {
  const bins = state.bins.filter(
    ({ start }) => start + BIN_MS <= window.from || start >= window.to,
  );
  return bins.length === state.bins.length
    ? state
    : { ...state, bins, last: null, lastClick: null };
}

/**
 * After the wall clock was set nothing is known of the time between two inputs, nor of bins that lie ahead now. Where
 * it was set back a little, bins that were told are waited out; where it was far off before, they were wrong.
 */
function forgetAfterJump(state: InputTally, at: Moment): InputTally {
  const { last } = state;
  if (last === null) return state;
  const difference = at.wall - last.wall - (at.steady - last.steady);
  if (Math.abs(difference) <= CLOCK_JUMP_MS) return state;
  const bins = state.bins.filter(({ start }) => start <= at.wall);
  const wasFarOff = state.toldUntil - at.wall > MAX_WAIT_FOR_CLOCK_MS;
  const toldUntil = wasFarOff ? Number.NEGATIVE_INFINITY : state.toldUntil;
  return { bins, last: null, lastClick: null, toldUntil };
}

function binOf(wall: number): number {
  return Math.floor(wall / BIN_MS) * BIN_MS;
}

type Bins = readonly Bin[];

/** Adds time of use to a bin, as far as it has room for it; a bin that was told has none. */
function addUse(
  bins: Bins,
  start: number,
  category: string,
  milliseconds: number,
  toldUntil: number,
): Bins {
  const room = start > toldUntil ? BIN_MS - sumOf(bins, start, ({ activeMs }) => activeMs) : 0;
  const used = Math.min(milliseconds, room);
  if (used <= 0) return bins;
  return change(bins, start, category, (counts) => ({
    ...counts,
    activeMs: counts.activeMs + used,
  }));
}

function pausesOf(bins: Bins, start: number): number {
  return sumOf(bins, start, ({ pauses }) => pauses);
}

function sumOf(bins: Bins, start: number, of: (counts: Counts) => number): number {
  const bin = bins.find((each) => each.start === start);
  return [...(bin?.counts.values() ?? [])].reduce((sum, counts) => sum + of(counts), 0);
}

function change(
  bins: Bins,
  start: number,
  category: string,
  alter: (counts: Counts) => Counts,
): Bins {
  const bin: Bin = bins.find((each) => each.start === start) ?? { start, counts: new Map() };
  const counts = new Map(bin.counts).set(category, alter(bin.counts.get(category) ?? zero));
  return [...bins.filter((each) => each !== bin), { start, counts }].sort(
    (one, other) => one.start - other.start,
  );
}

function add(
  counts: Counts,
  { kind, times }: Counted,
  isDouble: boolean,
  isPause: boolean,
): Counts {
  const more = (count: number, of: InputKind) =>
    kind === of ? Math.min(MAX_COUNT, count + times) : count;
  return {
    ...counts,
    keys: more(counts.keys, "key"),
    clicks: more(counts.clicks, "click"),
    scrolls: more(counts.scrolls, "scroll"),
    doubleClicks: counts.doubleClicks + (isDouble ? 1 : 0),
    pauses: counts.pauses + (isPause ? 1 : 0),
  };
}

function finish({ start, counts }: Bin): FinishedTally[] {
  return [...counts].map(([label, { activeMs, ...rest }]) => ({
    start,
    label,
    activeSeconds: Math.floor(activeMs / 1000),
    ...rest,
  }));
}
