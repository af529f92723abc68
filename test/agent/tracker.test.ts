import fc from "fast-check";
import { expect, test } from "vitest";
import { beginTracking, closeAfterCrash, type Signal, takeHeartbeat, track } from "#agent/tracker";
import { MAX_SPAN_MS, type Span, span as spanSchema } from "#schema/activity";
import { millisecondsOf } from "#schema/time";

const ZONE = "Europe/Paris";
const START = Date.parse("2026-11-25T08:30:00.000Z");
const MINUTE = 60_000;

/** One step: what happens, after how many ms, and by how much the wall clock is set at that moment. */
interface Step {
  signal: Signal;
  after: number;
  jump?: number;
}

function play(steps: readonly Step[]) {
  const at = { wall: START, steady: 500 };
  let state = beginTracking({ ...at });
  const spans: Span[] = [];
  for (const { signal, after, jump = 0 } of steps) {
    at.wall += after + jump;
    at.steady += after;
    const result = track(state, signal, { ...at }, ZONE);
    state = result.state;
    spans.push(...result.spans);
  }
  return { spans, state, elapsed: at.steady - 500, at };
}

const start = (kind: "contact" | "acw" | "break", label?: string): Signal => ({
  type: "task-started",
  task: { kind, label },
});
const stop: Signal = { type: "task-stopped" };
const inFront = (category: string | null): Signal => ({ type: "in-front", category });
const timesOf = (spans: readonly Span[]) =>
  spans.map(({ kind, label, start, end }) => [
    label ?? kind,
    start.slice(11, 19),
    end.slice(11, 19),
  ]);

test("a task is one span from its start to its stop, in the zone's own time", () => {
  const { spans } = play([
    { signal: start("contact", "PS"), after: 0 },
    { signal: stop, after: 5 * MINUTE },
  ]);
  expect(spans).toEqual([
    {
      kind: "contact",
      label: "PS",
      source: "declared",
      start: "2026-11-25T09:30:00.000+01:00",
      end: "2026-11-25T09:35:00.000+01:00",
    },
  ]);
});

test("starting another task ends the one before; tools in front are a layer of their own", () => {
  const { spans } = play([
    { signal: start("contact"), after: 0 },
    { signal: inFront("crm"), after: MINUTE },
    { signal: start("acw"), after: MINUTE },
    { signal: inFront("browser"), after: MINUTE },
    { signal: stop, after: MINUTE },
    { signal: inFront(null), after: MINUTE },
  ]);
  expect(timesOf(spans)).toEqual([
    ["contact", "09:30:00", "09:32:00"],
    ["crm", "09:31:00", "09:33:00"],
    ["acw", "09:32:00", "09:34:00"],
    ["browser", "09:33:00", "09:35:00"],
  ]);
  expect(spans.map(({ source }) => source)).toEqual(["declared", "sensed", "declared", "sensed"]);
});

test("a pause ends what is open, records nothing, and nothing is filled in afterwards", () => {
  const { spans } = play([
    { signal: start("contact"), after: 0 },
    { signal: inFront("crm"), after: 0 },
    { signal: { type: "paused" }, after: MINUTE },
    { signal: inFront("browser"), after: MINUTE },
    { signal: start("acw"), after: MINUTE },
    { signal: inFront("mail"), after: MINUTE },
    { signal: { type: "resumed" }, after: MINUTE },
    { signal: inFront(null), after: MINUTE },
    { signal: stop, after: MINUTE },
  ]);
  expect(timesOf(spans)).toEqual([
    ["contact", "09:30:00", "09:31:00"],
    ["crm", "09:30:00", "09:31:00"],
    ["mail", "09:35:00", "09:36:00"],
  ]);
});

test("a machine that slept, or a clock set forward, splits a span: the time between was not work", () => {
  const { spans } = play([
    { signal: start("contact"), after: 0 },
    { signal: { type: "tick" }, after: MINUTE, jump: 60 * MINUTE },
    { signal: stop, after: MINUTE },
  ]);
  expect(timesOf(spans)).toEqual([
    ["contact", "09:30:00", "09:31:00"],
    ["contact", "10:31:00", "10:32:00"],
  ]);
});

test("a clock set back by less than a minute covers no time twice", () => {
  const { spans } = play([
    { signal: start("contact"), after: 0 },
    { signal: { type: "tick" }, after: MINUTE, jump: -30_000 },
    { signal: stop, after: MINUTE },
  ]);
  expect(timesOf(spans)).toEqual([
    ["contact", "09:30:00", "09:31:00"],
    ["contact", "09:31:00", "09:31:30"],
  ]);
});

test("a small correction of the clock splits nothing", () => {
  const { spans } = play([
    { signal: start("contact"), after: 0 },
    { signal: { type: "tick" }, after: MINUTE, jump: 1500 },
    { signal: stop, after: MINUTE },
  ]);
  expect(timesOf(spans)).toEqual([["contact", "09:30:00", "09:32:00"]]);
});

test("a task forgotten for more than a day ends after a day, and says that its end is not known", () => {
  const { spans, state } = play([
    { signal: start("contact"), after: 0 },
    { signal: { type: "tick" }, after: MAX_SPAN_MS + MINUTE },
  ]);
  expect(spans).toMatchObject([
    { kind: "contact", end: "2026-11-26T09:30:00.000+01:00", truncated: true },
  ]);
  expect(state.work).toBe(null);
});

test("an agent that died leaves spans that end at its last heartbeat and are marked as cut", () => {
  const { state, at } = play([
    { signal: start("contact", "PS"), after: 0 },
    { signal: inFront("crm"), after: MINUTE },
    { signal: { type: "tick" }, after: MINUTE },
  ]);
  expect(closeAfterCrash(takeHeartbeat(state, at), ZONE)).toEqual([
    {
      kind: "contact",
      label: "PS",
      source: "declared",
      start: "2026-11-25T09:30:00.000+01:00",
      end: "2026-11-25T09:32:00.000+01:00",
      truncated: true,
    },
    {
      kind: "focus",
      label: "crm",
      source: "sensed",
      start: "2026-11-25T09:31:00.000+01:00",
      end: "2026-11-25T09:32:00.000+01:00",
      truncated: true,
    },
  ]);
});

const signal = fc.oneof(
  fc.constantFrom<Signal>(stop, { type: "paused" }, { type: "resumed" }, { type: "tick" }),
  fc.constantFrom("contact", "acw", "break").map((kind) => start(kind)),
  fc.constantFrom("crm", "mail", null).map(inFront),
);
const steps = (jump: fc.Arbitrary<number>) =>
  fc.array(fc.record({ signal, after: fc.integer({ min: 0, max: 30 * MINUTE }), jump }), {
    maxLength: 60,
  });
const end: Step[] = [
  { signal: stop, after: 0 },
  { signal: inFront(null), after: 0 },
];
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
      steps(forward),
      fc.nat(),
      fc.integer({ min: 0, max: 60_000 }),
      (played, at, back) => {
        const all = [...played, ...end];
        const spans = play(
          all.map((step, n) => (n === at % all.length ? { ...step, jump: -back } : step)),
        ).spans;
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
    fc.property(steps(anywhere), (played) => {
      const { spans, elapsed } = play([...played, ...end]);
      for (const each of spans) expect(spanSchema.safeParse(each).success).toBe(true);
      for (const layer of layersOf(spans)) expect(totalOf(layer)).toBeLessThanOrEqual(elapsed);
    }),
    { numRuns: 1000 },
  );
});

test("whatever happens: no span touches the inside of a pause", () => {
  fc.assert(
    fc.property(steps(fc.constant(0)), (played) => {
      const all = [...played, ...end];
      const { spans } = play(all);
      let now = START;
      let from: number | null = null;
      for (const { signal, after } of all) {
        now += after;
        if (signal.type === "paused") from ??= now;
        if (signal.type !== "resumed" || from === null) continue;
        for (const each of spans) {
          const apart = millisecondsOf(each.end) <= from || millisecondsOf(each.start) >= now;
          expect(apart).toBe(true);
        }
        from = null;
      }
    }),
    { numRuns: 500 },
  );
});
