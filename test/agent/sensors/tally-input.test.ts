import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Counted,
  countInput,
  type FinishedTally,
  forgetWindow,
  nothingCounted,
  passTime,
} from "#agent/sensors/tally-input";
import { tally as tallySchema } from "#schema/activity";
import { formatInZone } from "#schema/time";

const BIN_MS = 300_000;
/** A boundary of five minutes. */
const START = Date.parse("2026-11-25T09:30:00.000+01:00");
const FAR_MS = 3_600_000;

interface Step extends Counted {
  /** Milliseconds since the start of the test, on the steady clock. */
  after: number;
  /** How far the wall clock stands off what it should be. */
  off?: number;
}

const press = (
  after: number,
  kind: Counted["kind"] = "key",
  category = "crm",
  times = 1,
): Step => ({
  after,
  kind,
  category,
  times,
});

/** All that is told of these inputs once an hour has gone by after the last. */
function tell(steps: readonly Step[], looks: readonly number[] = []): FinishedTally[] {
  let state = nothingCounted;
  const told: FinishedTally[] = [];
  const events = [
    ...steps.map((step) => ({ at: step.after, step })),
    ...looks.map((at) => ({ at, step: null })),
  ].sort((a, b) => a.at - b.at);
  let off = 0;
  for (const { at, step } of events) {
    off = step?.off ?? off;
    const moment = { wall: START + at + off, steady: at };
    const result = step ? countInput(state, step, moment) : passTime(state, moment);
    state = result.state;
    told.push(...result.done);
  }
  const end = (events.at(-1)?.at ?? 0) + FAR_MS;
  const last = passTime(state, { wall: START + end + Math.max(0, off), steady: end });
  return [...told, ...last.done];
}

const zero = { activeSeconds: 0, keys: 0, clicks: 0, doubleClicks: 0, scrolls: 0, pauses: 0 };

test("counts, use and pauses of five minutes, worked out by hand", () => {
  const steps = [
    press(0),
    press(10_000), // 10 s of use
    press(39_999), // 29.999 s more: still use
    press(69_999), // 30 s: a pause
    press(70_499, "click"),
    press(70_999, "click"), // 500 ms after the click before: a double click
    press(71_500, "click"), // 501 ms: none
    press(80_000, "scroll"),
  ];
  // Use: 10 + 29.999 + 0.5 + 0.5 + 0.501 + 8.5 = 50 s.
  expect(tell(steps)).toEqual([
    {
      ...zero,
      start: START,
      label: "crm",
      activeSeconds: 50,
      keys: 4,
      clicks: 3,
      doubleClicks: 1,
      scrolls: 1,
      pauses: 1,
    },
  ]);
});

test("use across a boundary counts on both sides of it, a pause where it ends", () => {
  const steps = [press(BIN_MS - 20_000), press(BIN_MS + 5_000), press(2 * BIN_MS + 100_000)];
  expect(tell(steps)).toEqual([
    { ...zero, start: START, label: "crm", activeSeconds: 20, keys: 1 },
    { ...zero, start: START + BIN_MS, label: "crm", activeSeconds: 5, keys: 1 },
    { ...zero, start: START + 2 * BIN_MS, label: "crm", keys: 1, pauses: 1 },
  ]);
});

test("five minutes wait for an input that still shows them in use to their end", () => {
  const steps = [press(BIN_MS - 20_000), press(BIN_MS + 5_000)];
  expect(tell(steps, [BIN_MS, BIN_MS + 1_000])).toEqual(tell(steps));
});

test("each category has a tally of its own; the time before an input is its category's", () => {
  const steps = [
    press(0),
    press(4_000),
    press(10_000, "click", "mail"),
    press(12_000, "key", "mail"),
  ];
  expect(tell(steps)).toEqual([
    { ...zero, start: START, label: "crm", activeSeconds: 4, keys: 2 },
    { ...zero, start: START, label: "mail", activeSeconds: 8, keys: 1, clicks: 1 },
  ]);
});

test("a third click begins anew: four in a row are two double clicks", () => {
  const clicks = [0, 100, 200, 300].map((after) => press(after, "click"));
  expect(tell(clicks.slice(0, 3))).toMatchObject([{ clicks: 3, doubleClicks: 1 }]);
  expect(tell(clicks)).toMatchObject([{ clicks: 4, doubleClicks: 2 }]);
});

test("five minutes hold no more use than 300 s, no more pauses than 10 and no more counts than the site takes", () => {
  // The wall clock is brought back by less than what counts as setting it.
  const late = (after: number) => ({ ...press(after), off: after < 150_000 ? 0 : -1_900 });
  const busy = Array.from({ length: 17 }, (_, nth) => late((nth - 1) * 20_000 + 1_000));
  expect(tell(busy).map(({ activeSeconds }) => activeSeconds)).toEqual([19, 300]);
  const slow = Array.from({ length: 12 }, (_, nth) => late((nth - 1) * 30_000 + 1_000));
  expect(tell(slow).map(({ pauses }) => pauses)).toEqual([0, 10]);
  expect(tell([press(0, "key", "crm", 99_999), press(1, "key", "crm", 9)])).toMatchObject([
    { keys: 100_000 },
  ]);
});

test("clicks that a watcher added up are no double clicks", () => {
  expect(tell([press(0, "click", "crm", 5), press(300, "click")])).toEqual([
    { ...zero, start: START, label: "crm", clicks: 6 },
  ]);
});

test("nothing is told of five minutes before they are over", () => {
  const first = countInput(nothingCounted, press(0), { wall: START, steady: 0 });
  const { state, done } = passTime(first.state, { wall: START + BIN_MS - 1, steady: BIN_MS - 1 });
  expect([...first.done, ...done]).toEqual([]);
  const over = passTime(state, { wall: START + BIN_MS, steady: BIN_MS });
  expect(over.done).toHaveLength(1);
  expect(passTime(over.state, { wall: START + BIN_MS, steady: BIN_MS }).done).toEqual([]);
});

test("memory holds of single inputs only when the last one was", () => {
  const times = [1_003, 2_017, 3_029];
  let state = nothingCounted;
  for (const at of times) {
    const kind = at === 2_017 ? "click" : "key";
    state = countInput(state, press(at, kind), { wall: START + at, steady: at }).state;
  }
  const kept = JSON.stringify({ ...state, bins: state.bins.map((bin) => [...bin.counts]) });
  expect(kept).toContain("3029");
  expect(kept).not.toContain("1003");
  expect(kept).not.toContain(String(START + 2_017));
});

test("a wall clock that was set, or a night's sleep, is no use and no pause", () => {
  const sleep = 8 * FAR_MS;
  expect(tell([press(0), { ...press(5_000), off: sleep }])).toEqual([
    { ...zero, start: START, label: "crm", keys: 1 },
    { ...zero, start: START + sleep, label: "crm", keys: 1 },
  ]);
});

test("a clock set back a little tells no five minutes twice; one that was years ahead stops nothing", () => {
  const later = { ...press(BIN_MS + 40_000), off: 0 };
  const steps = [press(1_000), later, { ...press(BIN_MS + 50_000), off: -BIN_MS }];
  expect(tell(steps).map(({ start, keys }) => [start - START, keys])).toEqual([[0, 1]]);

  const year = 365 * 24 * FAR_MS;
  const ahead = [
    { ...press(0), off: year },
    { ...press(BIN_MS + 40_000), off: year },
  ];
  const right = [{ ...press(BIN_MS + 60_000), off: 0 }];
  expect(tell([...ahead, ...right]).map(({ start }) => start - START)).toEqual([year, BIN_MS]);
});

test("a window that is deleted takes its five minutes out of what was not told", () => {
  const { state } = countInput(nothingCounted, press(0), { wall: START, steady: 0 });
  const past = { from: START - 1000, to: START };
  expect(forgetWindow(state, past)).toBe(state);
  const forgotten = forgetWindow(state, { from: START + BIN_MS - 1, to: START + 2 * BIN_MS });
  const { done } = passTime(forgotten, { wall: START + FAR_MS, steady: FAR_MS });
  expect(done).toEqual([]);
});

const kind = fc.constantFrom<Counted["kind"]>("key", "click", "scroll");
const category = fc.constantFrom("crm", "mail", "other");

/** Inputs with the given times between them. */
function stepsOf(gap: fc.Arbitrary<number>): fc.Arbitrary<Step[]> {
  return fc
    .array(fc.record({ gap, kind, category, times: fc.constant(1) }), { maxLength: 120 })
    .map((all) => {
      let after = 0;
      return all.map(({ gap: wait, ...counted }) => {
        after += wait;
        return { ...counted, after };
      });
    });
}
const milliseconds = fc.oneof(
  fc.nat(700),
  fc.nat(29_999),
  fc.constantFrom(0, 500, 501, 29_999, 30_000),
  fc.integer({ min: 30_000, max: 700_000 }),
);
/** Moments at which to look, most of them soon after five minutes are over. */
const lookMoments = fc.array(
  fc.oneof(
    fc.nat(3_000_000),
    fc.tuple(fc.nat(12), fc.nat(30_000)).map(([bin, later]) => bin * BIN_MS + later),
  ),
  { maxLength: 40 },
);
const seconds = fc
  .oneof(fc.nat(29), fc.integer({ min: 30, max: 700 }))
  .map((count) => count * 1000);

const sum = (tallies: readonly FinishedTally[], of: (tally: FinishedTally) => number) =>
  tallies.reduce((total, tally) => total + of(tally), 0);

test("no input is lost and none counts twice, in any order of kinds and categories", () => {
  fc.assert(
    fc.property(stepsOf(milliseconds), lookMoments, (steps, looks) => {
      const told = tell(steps, looks);
      for (const label of ["crm", "mail", "other"]) {
        const own = steps.filter((step) => step.category === label);
        const count = (wanted: string) => own.filter((step) => step.kind === wanted).length;
        const tallies = told.filter((tally) => tally.label === label);
        expect(sum(tallies, ({ keys }) => keys)).toBe(count("key"));
        expect(sum(tallies, ({ clicks }) => clicks)).toBe(count("click"));
        expect(sum(tallies, ({ scrolls }) => scrolls)).toBe(count("scroll"));
      }
    }),
  );
});

test("looking in between changes nothing that is told", () => {
  const order = (told: FinishedTally[]) => told.map((tally) => JSON.stringify(tally)).sort();
  fc.assert(
    fc.property(stepsOf(milliseconds), lookMoments, (steps, looks) => {
      expect(order(tell(steps, looks))).toEqual(order(tell(steps)));
    }),
  );
});

test("use in five minutes is the time between inputs less than 30 s apart that lies in them: never over 300 s", () => {
  fc.assert(
    fc.property(stepsOf(seconds), lookMoments, (steps, looks) => {
      const told = tell(steps, looks);
      const used = new Map<number, number>();
      let pauses = 0;
      for (const [nth, { after }] of steps.entries()) {
        const before = steps[nth - 1]?.after;
        if (before === undefined) continue;
        if (after - before >= 30_000) pauses += 1;
        else
          for (let second = before; second < after; second += 1000) {
            const bin = Math.floor(second / BIN_MS);
            used.set(bin, (used.get(bin) ?? 0) + 1);
          }
      }
      const bins = new Set(told.map(({ start }) => (start - START) / BIN_MS));
      for (const bin of bins) {
        const own = told.filter(({ start }) => start === START + bin * BIN_MS);
        const total = sum(own, ({ activeSeconds }) => activeSeconds);
        expect(total).toBe(used.get(bin) ?? 0);
        expect(total).toBeLessThanOrEqual(300);
        expect(sum(own, (tally) => tally.pauses)).toBeLessThanOrEqual(10);
      }
      expect(sum(told, (tally) => tally.pauses)).toBe(pauses);
    }),
  );
});

test("whatever the wall clock does, each tally is one the site takes", () => {
  const jump = fc.option(fc.integer({ min: -2_000_000, max: 2_000_000 }), { nil: undefined });
  fc.assert(
    fc.property(stepsOf(milliseconds), fc.array(jump), lookMoments, (steps, jumps, looks) => {
      const jumping = steps.map((step, nth) => ({ ...step, off: jumps[nth % 8] }));
      for (const { start, ...tally } of tell(jumping, looks)) {
        const formed = { start: formatInZone(start, "Asia/Kathmandu"), ...tally };
        expect(tallySchema.safeParse(formed)).toMatchObject({ success: true });
      }
    }),
  );
});
