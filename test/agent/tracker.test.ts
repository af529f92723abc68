import fc from "fast-check";
import { expect, test } from "vitest";
import {
  advance,
  beginTimeline,
  closeAfterCrash,
  cutWindow,
  timeOf,
  type WantedLayers,
} from "#agent/tracker";
import { MAX_SPAN_MS, type Span, span as spanSchema, type WorkKind } from "#schema/activity";
import { millisecondsOf } from "#schema/time";

const ZONE = "Europe/Paris";
const START = Date.parse("2026-11-25T08:30:00.000Z");
const MINUTE = 60_000;

/** One step: what is wanted from then on, after how many ms, and by how much the wall clock is set at that moment. */
interface Step {
  wanted: WantedLayers;
  after: number;
  jump?: number;
}

function play(steps: readonly Step[]) {
  const at = { wall: START, steady: 500 };
  let timeline = beginTimeline({ ...at });
  const spans: Span[] = [];
  for (const { wanted, after, jump = 0 } of steps) {
    at.wall += after + jump;
    at.steady += after;
    const result = advance(timeline, wanted, { ...at }, ZONE);
    timeline = result.timeline;
    spans.push(...result.spans);
  }
  return { spans, timeline, elapsed: at.steady - 500, at };
}

const task = (kind: WorkKind, key = "1", label?: string): WantedLayers => ({
  work: { key, content: { kind, label, source: "declared" } },
});
const tool = (label: string): WantedLayers => ({
  focus: { key: label, content: { kind: "focus", label, source: "sensed" } },
});
const timesOf = (spans: readonly Span[]) =>
  spans.map(({ kind, label, start, end, truncated }) => [
    label ?? kind,
    start.slice(11, 19),
    end.slice(11, 19),
    ...(truncated ? ["cut"] : []),
  ]);

test("a task is one span from its start to its stop, in the zone's own time", () => {
  const { spans } = play([
    { wanted: task("contact", "1", "PS"), after: 0 },
    { wanted: task("contact", "1", "PS"), after: 2 * MINUTE },
    { wanted: {}, after: 2 * MINUTE },
  ]);
  expect(spans).toEqual([
    {
      kind: "contact",
      label: "PS",
      source: "declared",
      start: "2026-11-25T09:30:00.000+01:00",
      end: "2026-11-25T09:34:00.000+01:00",
    },
  ]);
});

test("another task of the same name is another span; tools in front are a layer of their own", () => {
  const { spans } = play([
    { wanted: { ...task("contact", "1"), ...tool("crm") }, after: 0 },
    { wanted: { ...task("contact", "2"), ...tool("crm") }, after: MINUTE },
    { wanted: { ...task("acw", "3"), ...tool("browser") }, after: MINUTE },
    { wanted: {}, after: MINUTE },
  ]);
  expect(timesOf(spans)).toEqual([
    ["contact", "09:30:00", "09:31:00"],
    ["crm", "09:30:00", "09:32:00"],
    ["contact", "09:31:00", "09:32:00"],
    ["acw", "09:32:00", "09:33:00"],
    ["browser", "09:32:00", "09:33:00"],
  ]);
});

test("what is added to a task under way is in its one span", () => {
  const numbered = {
    work: { key: "1", content: { kind: "case", task: "t-1", source: "declared" } },
  } as const;
  const { spans } = play([
    { wanted: task("case"), after: 0 },
    { wanted: numbered, after: MINUTE },
    { wanted: {}, after: MINUTE },
  ]);
  expect(spans).toMatchObject([
    { kind: "case", task: "t-1", start: "2026-11-25T09:30:00.000+01:00" },
  ]);
});

test("a clock set forward by a few minutes splits a span: the time between was not work", () => {
  const { spans } = play([
    { wanted: task("contact"), after: 0 },
    { wanted: task("contact"), after: MINUTE, jump: 4 * MINUTE },
    { wanted: {}, after: MINUTE },
  ]);
  expect(timesOf(spans)).toEqual([
    ["contact", "09:30:00", "09:31:00"],
    ["contact", "09:35:00", "09:36:00"],
  ]);
});

test("a clock set back by less than a minute covers no time twice", () => {
  const { spans } = play([
    { wanted: task("contact"), after: 0 },
    { wanted: task("contact"), after: MINUTE, jump: -30_000 },
    { wanted: {}, after: MINUTE },
  ]);
  expect(timesOf(spans)).toEqual([
    ["contact", "09:30:00", "09:31:00"],
    ["contact", "09:31:00", "09:31:30"],
  ]);
});

test("a task begun and ended while a clock that was set back catches up is an event all the same", () => {
  const { spans } = play([
    { wanted: task("contact", "1"), after: 0 },
    { wanted: {}, after: MINUTE },
    { wanted: {}, after: 1000, jump: -10_000 },
    { wanted: task("case", "2"), after: 1000 },
    { wanted: {}, after: 3000 },
  ]);
  expect(timesOf(spans)).toEqual([
    ["contact", "09:30:00", "09:31:00"],
    ["case", "09:31:00", "09:31:00"],
  ]);
});

test("a small correction of the clock splits nothing", () => {
  const { spans } = play([
    { wanted: task("contact"), after: 0 },
    { wanted: task("contact"), after: MINUTE, jump: 1500 },
    { wanted: {}, after: MINUTE },
  ]);
  expect(timesOf(spans)).toEqual([["contact", "09:30:00", "09:32:00"]]);
});

for (const [what, after, jump, last] of [
  ["whose clocks both ran on", 8 * 60 * MINUTE, 0, "09:31:00"],
  // Awake for one more second before it slept.
  ["whose steady clock stood still", 1000, 8 * 60 * MINUTE, "09:31:01"],
] as const)
  test(`a machine that slept, ${what}, was not at work: spans end where it was last seen awake`, () => {
    const { spans } = play([
      { wanted: { ...task("contact"), ...tool("crm") }, after: 0 },
      { wanted: { ...task("contact"), ...tool("crm") }, after: MINUTE },
      { wanted: tool("crm"), after, jump },
      { wanted: {}, after: MINUTE },
    ]);
    const woke = timesOf(spans).at(-1);
    expect(timesOf(spans).slice(0, 2)).toEqual([
      ["contact", "09:30:00", last, "cut"],
      ["crm", "09:30:00", last, "cut"],
    ]);
    expect(woke?.[1]?.slice(0, 5)).toBe("17:31");
  });

test("a task forgotten for more than a day ends after a day, and says that its end is not known", () => {
  const beats = Array.from({ length: 24 * 60 + 2 }, () => ({
    wanted: task("contact"),
    after: MINUTE,
  }));
  const { spans } = play([{ wanted: task("contact"), after: 0 }, ...beats]);
  expect(spans).toMatchObject([
    { kind: "contact", end: "2026-11-26T09:30:00.000+01:00", truncated: true },
  ]);
  expect(millisecondsOf(spans[0]?.end ?? "") - START).toBe(MAX_SPAN_MS);
});

test("an agent that died leaves spans that end at its last heartbeat and are marked as cut", () => {
  const { timeline, at } = play([
    { wanted: { ...task("contact", "1", "PS"), ...tool("crm") }, after: 0 },
    { wanted: { ...task("contact", "1", "PS"), ...tool("crm") }, after: 2 * MINUTE },
  ]);
  expect(
    timesOf(closeAfterCrash(Object.values(timeline.open), timeOf(timeline, at), ZONE)),
  ).toEqual([
    ["PS", "09:30:00", "09:32:00", "cut"],
    ["crm", "09:30:00", "09:32:00", "cut"],
  ]);
});

test("a window cut out of what is under way leaves what came before it and what comes after", () => {
  const wanted = task("contact");
  const played = play([
    { wanted, after: 0 },
    { wanted, after: 2 * MINUTE },
    { wanted, after: 2 * MINUTE },
  ]);
  const window = { from: START + MINUTE, to: START + 3 * MINUTE };
  const cut = cutWindow(played.timeline, window, ZONE);
  const later = { wall: played.at.wall + MINUTE, steady: played.at.steady + MINUTE };
  const ended = advance(cut.timeline, {}, later, ZONE);
  expect(timesOf([...cut.spans, ...ended.spans])).toEqual([
    ["contact", "09:30:00", "09:31:00"],
    ["contact", "09:33:00", "09:35:00"],
  ]);
});

const wanted = fc.record({
  work: fc.constantFrom(task("contact", "1"), task("contact", "2"), task("break", "3"), {}),
  focus: fc.constantFrom(tool("crm"), tool("mail"), {}),
});
const steps = (jump: fc.Arbitrary<number>, longest: number) =>
  fc.array(
    fc.record({
      wanted: wanted.map(({ work, focus }) => ({ ...work, ...focus })),
      after: fc.integer({ min: 0, max: longest }),
      jump,
    }),
    { maxLength: 60 },
  );
const lengthOf = (span: Span) => millisecondsOf(span.end) - millisecondsOf(span.start);
const layersOf = (spans: readonly Span[]) => [
  spans.filter(({ kind }) => kind !== "focus"),
  spans.filter(({ kind }) => kind === "focus"),
];
const forward = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3_600_000 }));
const totalOf = (layer: readonly Span[]) => layer.reduce((sum, each) => sum + lengthOf(each), 0);

test("whatever happens, the clock set back by up to a minute included: a layer covers no time twice", () => {
  fc.assert(
    fc.property(
      steps(forward, 5 * MINUTE),
      fc.nat(),
      fc.integer({ min: 0, max: 60_000 }),
      (played, at, back) => {
        const all = [...played, { wanted: {}, after: 0, jump: 0 }];
        const { spans } = play(
          all.map((step, n) => (n === at % all.length ? { ...step, jump: -back } : step)),
        );
        for (const layer of layersOf(spans)) {
          let last = Number.NEGATIVE_INFINITY;
          for (const each of layer) {
            expect(millisecondsOf(each.start)).toBeGreaterThanOrEqual(last);
            last = millisecondsOf(each.end);
          }
        }
      },
    ),
    { numRuns: 1000 },
  );
});

test("whatever happens, also to the clock: spans are valid, and no layer has more time than went by", () => {
  const anywhere = fc.oneof(fc.constant(0), fc.integer({ min: -86_400_000, max: 86_400_000 }));
  fc.assert(
    fc.property(steps(anywhere, 30 * MINUTE), (played) => {
      const { spans, elapsed } = play([...played, { wanted: {}, after: 0 }]);
      for (const each of spans) expect(spanSchema.safeParse(each).success).toBe(true);
      for (const layer of layersOf(spans)) expect(totalOf(layer)).toBeLessThanOrEqual(elapsed);
    }),
    { numRuns: 1000 },
  );
});

test("whatever happens: nothing is recorded of a time in which nothing was wanted", () => {
  fc.assert(
    fc.property(steps(fc.constant(0), 2 * MINUTE), (played) => {
      const all = [...played, { wanted: {}, after: 0, jump: 0 }];
      const { spans } = play(all);
      let now = START;
      for (const [index, step] of all.entries()) {
        now += step.after;
        const until = now + (all[index + 1]?.after ?? 0);
        if (Object.keys(step.wanted).length > 0 || until === now) continue;
        for (const each of spans)
          expect(millisecondsOf(each.end) <= now || millisecondsOf(each.start) >= until).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
