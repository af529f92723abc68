import fc from "fast-check";
import { expect, test } from "vitest";
import { layLanes } from "#dashboard/view/lay-lanes.ts";

test("what follows stays in one lane, what overlaps goes above", () => {
  const intervals = [
    { start: 0, end: 10 },
    { start: 5, end: 8 },
    { start: 8, end: 12 },
    { start: 10, end: 11 },
  ];
  expect(layLanes(intervals)).toEqual({ lanes: [0, 1, 1, 0], count: 2 });
});

test("without anything there is still one lane to draw", () => {
  expect(layLanes([])).toEqual({ lanes: [], count: 1 });
});

const ordered = fc
  .array(fc.tuple(fc.nat(200), fc.nat(40)), { maxLength: 60 })
  .map((pairs) =>
    pairs
      .map(([start, length]) => ({ start, end: start + length }))
      .sort((a, b) => a.start - b.start),
  );

test("nothing ever hides anything else, and no lane is wasted", () => {
  fc.assert(
    fc.property(ordered, (intervals) => {
      const { lanes, count } = layLanes(intervals);
      const items = intervals.map((interval, index) => ({ ...interval, lane: lanes[index] }));
      for (const [index, one] of items.entries())
        for (const other of items.slice(index + 1))
          if (one.lane === other.lane) expect(other.start).toBeGreaterThanOrEqual(one.end);
      const busiest = Math.max(
        1,
        ...items.map(
          (one) => items.filter((o) => o.start <= one.start && one.start < o.end).length,
        ),
      );
      expect(count).toBeGreaterThanOrEqual(busiest);
      expect(count).toBeLessThanOrEqual(Math.max(1, items.length));
      expect(new Set(lanes).size).toBe(items.length === 0 ? 0 : count);
    }),
  );
});
