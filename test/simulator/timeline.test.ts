import fc from "fast-check";
import { expect, test } from "vitest";
import { cutAtMidnights, earliestOf } from "#agent/simulator/lay-history";
import { createTimeline } from "#agent/simulator/timeline";
import type { Span } from "#schema/activity";
import { lengthOf, unionOf } from "#schema/intervals";
import { millisecondsOf } from "#schema/time";

const from = millisecondsOf("2026-11-16T00:00:00.000+01:00");
const DAY = 86_400_000;
const to = from + 3 * DAY;

const isFocus = (span: Span) => span.kind === "focus";
const intervals = (spans: readonly Span[]) =>
  spans.map((s) => ({ start: millisecondsOf(s.start), end: millisecondsOf(s.end) }));

test("however time is cut up, each piece of work and each mark comes once, and tools cover the same time", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 29 }),
      fc.array(fc.integer({ min: 1, max: 3 * DAY - 1 }), { maxLength: 60 }),
      (person, cuts) => {
        const whole = createTimeline("test", person).between(from, to);
        const timeline = createTimeline("test", person);
        const ends = [...new Set([...cuts.map((cut) => from + cut), to])].sort((a, b) => a - b);
        const parts = ends.map((end, i) => timeline.between(ends[i - 1] ?? from, end));
        const spans = parts.flatMap((part) => part.spans);
        const work = (list: Span[]) =>
          list.filter((s) => !isFocus(s)).map((s) => JSON.stringify(s));
        expect(work(spans).sort()).toEqual(work(whole.spans).sort());
        expect(
          parts
            .flatMap((part) => part.marks)
            .map((m) => JSON.stringify(m))
            .sort(),
        ).toEqual(whole.marks.map((m) => JSON.stringify(m)).sort());
        const pieces = intervals(spans.filter(isFocus));
        expect(unionOf(pieces)).toEqual(unionOf(intervals(whole.spans.filter(isFocus))));
        expect(pieces.reduce((sum, i) => sum + i.end - i.start, 0)).toBe(lengthOf(pieces));
      },
    ),
    { numRuns: 20 },
  );
});

test("nothing is recorded before it has ended", () => {
  const timeline = createTimeline("test", 3);
  for (let at = from; at < from + DAY; at += 601_000)
    for (const span of timeline.between(at, at + 601_000).spans)
      expect(millisecondsOf(span.end)).toBeLessThanOrEqual(at + 601_000);
});

test("the oldest night shift is cut where the history begins: what started before is left out", () => {
  for (let person = 0; person < 30; person++) {
    const { spans, marks } = createTimeline("test", person).between(from, to, from);
    for (const span of spans) expect(millisecondsOf(span.start)).toBeGreaterThanOrEqual(from);
    for (const mark of marks) expect(millisecondsOf(mark.at)).toBeGreaterThanOrEqual(from);
  }
});

test("history begins at a local midnight, a day later when midnight is only minutes away", () => {
  const evening = millisecondsOf("2026-11-25T23:45:00.000+01:00");
  expect(earliestOf(evening, 14)).toBe(millisecondsOf("2026-11-11T00:00:00.000+01:00"));
  expect(earliestOf(evening + 600_000, 14)).toBe(millisecondsOf("2026-11-12T00:00:00.000+01:00"));
});

test("days are cut at local midnights, over the autumn change too", () => {
  const cuts = cutAtMidnights(
    millisecondsOf("2026-10-24T22:00:00.000+02:00"),
    millisecondsOf("2026-10-26T01:00:00.000+01:00"),
  );
  expect(cuts).toEqual(
    [
      "2026-10-25T00:00:00.000+02:00",
      "2026-10-26T00:00:00.000+01:00",
      "2026-10-26T01:00:00.000+01:00",
    ].map(millisecondsOf),
  );
  expect(cutAtMidnights(5, 5)).toEqual([]);
});
