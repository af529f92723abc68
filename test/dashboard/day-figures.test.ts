import { expect, test } from "vitest";
import { figuresOf, findBusiestHour } from "#dashboard/view/day-figures.ts";
import { timeDay } from "#dashboard/view/timed-day.ts";
import { workloadCurve } from "#schema/workload";
import { at, between, dayOf, span } from "./factories.tsx";

test("two contacts at once count once as time and twice as contacts", () => {
  const day = timeDay(
    dayOf([span("contact", "09:00", "09:30", 1), span("contact", "09:20", "09:40", 2)]),
  );
  const figures = figuresOf(day, at("20:00"));
  expect(figures.contactTime).toBe(between("09:00", "09:40"));
  expect(figures.contacts).toBe(2);
});

test("a break in two records without pause between them is one break", () => {
  const day = timeDay(
    dayOf([
      span("break", "12:00", "12:20", 1),
      span("break", "12:20", "12:45", 2),
      span("break", "15:00", "15:10", 3),
    ]),
  );
  const figures = figuresOf(day, at("20:00"));
  expect(figures.breaks).toBe(2);
  expect(figures.breakTime).toBe(between("12:00", "12:55"));
});

test("coverage looks at the planned time so far, not at what is still to come", () => {
  const day = timeDay(dayOf([span("contact", "09:00", "13:00", 1)]));
  expect(figuresOf(day, at("13:00")).coverage).toBe(1);
  expect(figuresOf(day, at("17:00")).coverage).toBe(0.5);
});

test("a day without records has nothing to compare with when nothing is planned", () => {
  const figures = figuresOf(timeDay(dayOf([], { schedule: [] })), at("20:00"));
  expect(figures).toMatchObject({ coverage: null, planned: false, contacts: 0, totals: [] });
});

test("kinds come in their own order, never by size", () => {
  const day = timeDay(
    dayOf([span("meeting", "09:00", "12:00", 1), span("contact", "13:00", "13:05", 2)]),
  );
  expect(figuresOf(day, at("20:00")).totals.map((total) => total.kind)).toEqual([
    "contact",
    "meeting",
  ]);
});

test("the busiest hour is the one with most contact and after-contact time", () => {
  const day = timeDay(
    dayOf([
      span("contact", "10:30", "11:10", 1),
      span("acw", "11:10", "11:25", 2),
      span("contact", "14:00", "14:30", 3),
    ]),
  );
  const bins = workloadCurve(day.work, { start: at("09:00"), end: at("17:00") });
  const busiest = findBusiestHour(bins);
  expect(busiest?.start).toBe(at("10:30"));
  expect(Math.round(busiest?.time ?? 0)).toBe(between("10:30", "11:25"));
  expect(
    findBusiestHour(workloadCurve([], { start: at("09:00"), end: at("17:00") })),
  ).toBeUndefined();
});
