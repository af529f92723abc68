import { expect, test } from "vitest";
import { mergeFrame } from "#dashboard/view/merge-frame.ts";
import type { StoredMark, StoredSpan } from "#schema/activity";
import { dayOf, interruption, span } from "./factories.tsx";

const frame = (spans: StoredSpan[], marks: StoredMark[] = []) => ({ spans, marks, tallies: [] });
const morning = span("contact", "09:00", "09:10", 1);

test("a span that just got stored appears in the day", () => {
  const added = span("acw", "09:10", "09:12", 2);
  expect(mergeFrame(dayOf([morning]), frame([added])).spans).toEqual([morning, added]);
});

test("a frame that arrives twice changes nothing the second time", () => {
  const once = mergeFrame(dayOf([]), frame([morning, morning], [interruption("09:04", 2)]));
  expect(once.spans).toHaveLength(1);
  expect(mergeFrame(once, frame([morning], [interruption("09:04", 2)]))).toBe(once);
});

test("two legal duplicates by content are two spans", () => {
  const twin = { ...morning, id: morning.id?.replace("/1/1/", "/1/2/") };
  expect(mergeFrame(dayOf([morning]), frame([twin])).spans).toHaveLength(2);
});

test("a night span belongs to both days it touches, a span of another day to neither", () => {
  const overnight = {
    ...morning,
    start: "2026-11-24T23:50:00.000+01:00",
    end: "2026-11-25T00:10:00.000+01:00",
  };
  const yesterday = {
    ...morning,
    start: "2026-11-24T22:00:00.000+01:00",
    end: "2026-11-24T23:00:00.000+01:00",
  };
  const untilMidnight = { ...yesterday, end: "2026-11-25T00:00:00.000+01:00" };
  const empty = dayOf([]);
  expect(mergeFrame(empty, frame([overnight])).spans).toHaveLength(1);
  expect(mergeFrame(empty, frame([yesterday, untilMidnight]))).toBe(empty);
});

test("a span of no length at midnight is an event of the day that begins", () => {
  const instant = {
    ...morning,
    start: "2026-11-25T00:00:00.000+01:00",
    end: "2026-11-25T00:00:00.000+01:00",
  };
  expect(mergeFrame(dayOf([]), frame([instant])).spans).toHaveLength(1);
});

test("the first record ever makes the day one to walk to", () => {
  const day = mergeFrame(dayOf([]), frame([morning]));
  expect([day.firstDate, day.lastDate]).toEqual(["2026-11-25", "2026-11-25"]);
});
