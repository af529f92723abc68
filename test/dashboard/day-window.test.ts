import { expect, test } from "vitest";
import { hoursOf, windowOf } from "#dashboard/view/day-window.ts";
import { timeDay } from "#dashboard/view/timed-day.ts";
import { at, dayOf, span } from "./factories.tsx";

const longAfter = at("00:00") + 5 * 86_400_000;

test("the drawing holds all that is planned and recorded, in whole hours", () => {
  const day = timeDay(dayOf([span("contact", "07:50", "18:20", 1)]));
  expect(windowOf(day, longAfter)).toEqual({ start: at("07:00"), end: at("19:00") });
});

test("while it is today, now is in the drawing", () => {
  expect(windowOf(timeDay(dayOf([])), at("20:10")).end).toBe(at("21:00"));
});

test("what crosses midnight is cut at the day's edge", () => {
  const late = { ...span("contact", "23:50", "23:59", 1), end: "2026-11-26T00:30:00.000+01:00" };
  expect(windowOf(timeDay(dayOf([late])), longAfter).end).toBe(at("24:00"));
});

test("an empty day without plans still has an axis", () => {
  const window = windowOf(timeDay(dayOf([], { schedule: [] })), longAfter);
  expect(window).toEqual({ start: at("08:00"), end: at("18:00") });
  expect(hoursOf(window)).toHaveLength(11);
});
