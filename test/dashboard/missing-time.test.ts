import { expect, test } from "vitest";
import { findMissingTime, missingLength } from "#dashboard/view/missing-time.ts";
import { timeDay } from "#dashboard/view/timed-day.ts";
import { at, between, dayOf, span } from "./factories.tsx";

const missing = (spans: Parameters<typeof dayOf>[0], now: string, more = {}) =>
  findMissingTime(timeDay(dayOf(spans, more)), at(now));

test("planned time without a record is missing", () => {
  const found = missing(
    [span("contact", "09:00", "11:00", 1), span("contact", "12:00", "17:00", 2)],
    "20:00",
  );
  expect(found).toEqual([{ start: at("11:00"), end: at("12:00"), pending: false }]);
  expect(missingLength(found)).toBe(between("11:00", "12:00"));
});

test("up to five minutes between two records is no gap", () => {
  expect(
    missing([span("contact", "09:00", "12:00", 1), span("acw", "12:05", "17:00", 2)], "20:00"),
  ).toEqual([]);
});

test("the future is not missing", () => {
  expect(missing([span("contact", "09:00", "12:00", 1)], "12:00")).toEqual([]);
});

test("the last minutes may still be on their way, and are not counted as lost", () => {
  const found = missing([span("contact", "09:00", "12:00", 1)], "12:20");
  expect(found).toEqual([{ start: at("12:00"), end: at("12:20"), pending: true }]);
  expect(missingLength(found)).toBe(0);
});

test("after half an hour nothing received is a gap like any other", () => {
  expect(missing([span("contact", "09:00", "12:00", 1)], "12:31")).toEqual([
    { start: at("12:00"), end: at("12:31"), pending: false },
  ]);
});

test("without planned hours a gap lies between the first and the last record", () => {
  const spans = [span("contact", "10:00", "10:10", 1), span("contact", "11:00", "11:10", 2)];
  expect(missing(spans, "20:00", { schedule: [] })).toEqual([
    { start: at("10:10"), end: at("11:00"), pending: false },
  ]);
});

test("time in a tool alone is no record of work", () => {
  const found = missing([span("focus", "09:00", "17:00", 1, "crm")], "20:00");
  expect(missingLength(found)).toBe(between("09:00", "17:00"));
});
