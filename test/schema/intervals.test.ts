import fc from "fast-check";
import { expect, test } from "vitest";
import { clipTo, intersect, lengthOf, subtract, unionOf } from "#schema/intervals";
import type { Interval } from "#schema/time";

const interval = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 15 }))
  .map(([start, length]) => ({ start, end: start + length }));
const list = fc.array(interval, { maxLength: 12 });

/** The whole moments a list covers: the plain meaning the functions have to agree with. */
const momentsOf = (intervals: readonly Interval[]) => {
  const moments = new Set<number>();
  for (const { start, end } of intervals) for (let at = start; at < end; at++) moments.add(at);
  return moments;
};
const sorted = (moments: Set<number>) => [...moments].sort((a, b) => a - b);

function expectTidy(intervals: readonly Interval[]): void {
  for (const [index, { start, end }] of intervals.entries()) {
    expect(end).toBeGreaterThan(start);
    const next = intervals[index + 1];
    if (next) expect(next.start).toBeGreaterThan(end);
  }
}

test("the union covers the same moments, in order, apart from one another, and is its own union", () => {
  fc.assert(
    fc.property(list, (a) => {
      const union = unionOf(a);
      expectTidy(union);
      expect(momentsOf(union)).toEqual(momentsOf(a));
      expect(unionOf(union)).toEqual(union);
      expect(unionOf(a.toReversed())).toEqual(union);
      expect(lengthOf(a)).toBe(momentsOf(a).size);
    }),
  );
});

test("subtract and intersect are what their names say, and together give the whole back", () => {
  fc.assert(
    fc.property(list, list, (a, b) => {
      const [inA, inB] = [momentsOf(a), momentsOf(b)];
      const rest = subtract(a, b);
      const both = intersect(a, b);
      expectTidy(rest);
      expect(sorted(momentsOf(rest))).toEqual(sorted(inA).filter((at) => !inB.has(at)));
      expect(sorted(momentsOf(both))).toEqual(sorted(inA).filter((at) => inB.has(at)));
      expect(lengthOf(rest) + lengthOf(both)).toBe(lengthOf(a));
      expect(momentsOf(intersect(b, a))).toEqual(momentsOf(both));
      expect(momentsOf(subtract(subtract(a, b), b))).toEqual(momentsOf(rest));
    }),
  );
});

test("clipping to a window keeps what is inside it, piece by piece", () => {
  fc.assert(
    fc.property(interval, list, (window, a) => {
      const clipped = clipTo(window, a);
      for (const { start, end } of clipped)
        expect(start >= window.start && end <= window.end && end > start).toBe(true);
      expect(momentsOf(clipped)).toEqual(momentsOf(intersect(a, [window])));
      expect(clipped.length).toBeLessThanOrEqual(a.length);
    }),
  );
});

test("gaps up to the bound are closed, longer ones stay", () => {
  fc.assert(
    fc.property(list, fc.integer({ min: 0, max: 10 }), (a, gap) => {
      const closed = unionOf(a, gap);
      for (const [index, { end }] of closed.entries()) {
        const next = closed[index + 1];
        if (next) expect(next.start - end).toBeGreaterThan(gap);
      }
      for (const at of momentsOf(a)) expect(momentsOf(closed).has(at)).toBe(true);
      const added = subtract(closed, a);
      for (const { start, end } of added) expect(end - start).toBeLessThanOrEqual(gap);
    }),
  );
});

test("what was given in is not changed", () => {
  const given = Object.freeze([
    Object.freeze({ start: 0, end: 4 }),
    Object.freeze({ start: 2, end: 9 }),
  ]);
  expect(unionOf(given)).toEqual([{ start: 0, end: 9 }]);
  expect(subtract(given, given)).toEqual([]);
  expect(intersect(given, given)).toEqual([{ start: 0, end: 9 }]);
});
