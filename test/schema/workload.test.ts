import fc from "fast-check";
import { expect, test } from "vitest";
import { workKinds } from "#schema/activity";
import { lengthOf } from "#schema/intervals";
import {
  coverageOf,
  observedTime,
  PRESENCE_GAP_MS,
  type TimedSpan,
  timeOn,
} from "#schema/presence";
import { WORKLOAD_BIN_MS, workloadCurve } from "#schema/workload";

const MINUTE_MS = 60_000;
const nine = Date.parse("2026-11-25T09:00:00.000+01:00");
const at = (kind: TimedSpan["kind"], from: number, to: number): TimedSpan => ({
  kind,
  start: nine + from * MINUTE_MS,
  end: nine + to * MINUTE_MS,
});
const window = { start: nine, end: nine + 4 * 60 * MINUTE_MS };

const anySpan = fc
  .record({
    kind: fc.constantFrom(...workKinds, "focus" as const),
    start: fc.integer({ min: -60 * MINUTE_MS, max: 5 * 60 * MINUTE_MS }),
    length: fc.integer({ min: 0, max: 90 * MINUTE_MS }),
  })
  .map(
    ({ kind, start, length }): TimedSpan => ({
      kind,
      start: nine + start,
      end: nine + start + length,
    }),
  );
const anySpans = fc.array(anySpan, { maxLength: 25 });
const anySchedule = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 120 })), {
    maxLength: 3,
  })
  .map((parts) =>
    parts.map(([from, long]) => ({
      start: nine + from * MINUTE_MS,
      end: nine + (from + long) * MINUTE_MS,
    })),
  );

test("the shares of a quarter of an hour are between 0 and 1 and add up to what was observed of it", () => {
  fc.assert(
    fc.property(anySpans, (spans) => {
      const bins = workloadCurve(spans, window);
      expect(bins).toHaveLength(16);
      for (const { contact, acw, ready, other, observed } of bins) {
        for (const share of [contact, acw, ready, other, observed]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
        expect(contact + acw + ready + other).toBeCloseTo(observed, 9);
      }
      const work = spans.filter(({ kind }) => kind !== "focus" && kind !== "unknown");
      const total = bins.reduce((sum, { observed }) => sum + observed * WORKLOAD_BIN_MS, 0);
      expect(total).toBeCloseTo(timeOn(workKinds, work, window), 3);
    }),
  );
});

test("where kinds overlap a contact wins over notes, both over other work, and all over waiting", () => {
  const [bin] = workloadCurve(
    [at("ready", 0, 15), at("case", 0, 12), at("acw", 0, 9), at("contact", 0, 6)],
    { start: nine, end: nine + 15 * MINUTE_MS },
  );
  expect(bin).toMatchObject({
    contact: 6 / 15,
    acw: 3 / 15,
    other: 3 / 15,
    ready: 3 / 15,
    observed: 1,
  });
});

test("two chats at once are one stretch of contact, and the tool in front is no work of its own", () => {
  const [bin] = workloadCurve([at("contact", 0, 6), at("contact", 3, 9), at("focus", 0, 15)], {
    start: nine,
    end: nine + 15 * MINUTE_MS,
  });
  expect(bin).toMatchObject({ contact: 9 / 15, observed: 9 / 15 });
});

test("bins begin on the quarter hour and reach to the end of the window", () => {
  const bins = workloadCurve([], { start: nine + MINUTE_MS, end: nine + 31 * MINUTE_MS });
  expect(bins.map(({ start }) => (start - nine) / MINUTE_MS)).toEqual([0, 15, 30]);
});

test("coverage is between 0 and 1, or not there at all", () => {
  fc.assert(
    fc.property(anySpans, anySchedule, (spans, schedule) => {
      const coverage = coverageOf(spans, schedule, window);
      if (coverage === null) {
        expect(schedule).toEqual([]);
        expect(observedTime(spans, window)).toEqual([]);
      } else {
        expect(coverage).toBeGreaterThanOrEqual(0);
        expect(coverage).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test("presence closes gaps of five minutes and no longer ones, and never leaves the window", () => {
  const spans = [
    at("contact", 0, 10),
    at("acw", 15, 20),
    at("contact", 25.1, 30),
    at("focus", 30, 60),
  ];
  expect(observedTime(spans, window)).toEqual([
    { start: nine, end: nine + 20 * MINUTE_MS },
    { start: nine + 25.1 * MINUTE_MS, end: nine + 30 * MINUTE_MS },
  ]);
  fc.assert(
    fc.property(anySpans, (given) => {
      for (const { start, end } of observedTime(given, window))
        expect(start >= window.start && end <= window.end).toBe(true);
      const work = given.filter(({ kind }) => kind !== "focus" && kind !== "unknown");
      const added = lengthOf(observedTime(given, window)) - timeOn(workKinds, work, window);
      expect(added).toBeGreaterThanOrEqual(0);
      expect(added).toBeLessThanOrEqual(work.length * PRESENCE_GAP_MS);
    }),
  );
});

test("coverage without a schedule is taken over the stretch from first start to last end", () => {
  expect(coverageOf([at("contact", 0, 30), at("contact", 60, 90)], [], window)).toBeCloseTo(2 / 3);
  const planned = [{ start: nine, end: nine + 120 * MINUTE_MS }];
  expect(coverageOf([at("contact", 0, 30)], planned, window)).toBe(0.25);
  expect(coverageOf([], planned, window)).toBe(0);
  expect(coverageOf([at("focus", 0, 30), at("unknown", 0, 30)], [], window)).toBe(null);
});
