import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addDays,
  dayInterval,
  formatInZone,
  formatTimestamp,
  instantOfWallClock,
  isTimeZone,
  localDateOf,
  millisecondsOf,
  offsetMinutesOf,
  timestamp,
  zoneOffsetMinutes,
} from "#schema/time";

const HOUR_MS = 3_600_000;
const hoursOf = (date: string, zone: string) => {
  const { start, end } = dayInterval(date, zone);
  return (end - start) / HOUR_MS;
};

const zones = [
  "Europe/Paris",
  "America/St_Johns",
  "America/New_York",
  "Asia/Jerusalem",
  "Asia/Kathmandu",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "Pacific/Kiritimati",
  "Pacific/Chatham",
  "Pacific/Pago_Pago",
  "UTC",
];
const zone = fc.constantFrom(...zones);
const instant = fc.integer({
  min: Date.parse("1999-01-01T00:00:00.000Z"),
  max: Date.parse("2035-12-31T00:00:00.000Z"),
});

test.each([
  ["Europe/Paris", "2026-03-29", 23],
  ["Europe/Paris", "2026-10-25", 25],
  ["Europe/Paris", "2026-11-25", 24],
  ["America/St_Johns", "2026-03-08", 23],
  ["America/St_Johns", "2026-11-01", 25],
  // Half an hour only.
  ["Australia/Lord_Howe", "2026-10-04", 23.5],
  ["Australia/Lord_Howe", "2026-04-05", 24.5],
  ["Asia/Kathmandu", "2026-03-29", 24],
])("in %s the day %s has %d hours", (where, date, hours) => {
  expect(hoursOf(date, where)).toBe(hours);
});

test("a wall clock is read with the offset of its season, half hours too", () => {
  const at = (where: string, date: string, hour: number, minute = 0) =>
    new Date(instantOfWallClock({ date, hour, minute }, where)).toISOString();
  expect(at("Europe/Paris", "2026-07-01", 9)).toBe("2026-07-01T07:00:00.000Z");
  expect(at("Europe/Paris", "2026-12-01", 9)).toBe("2026-12-01T08:00:00.000Z");
  expect(at("America/St_Johns", "2026-07-01", 9)).toBe("2026-07-01T11:30:00.000Z");
  expect(at("America/St_Johns", "2026-12-01", 9)).toBe("2026-12-01T12:30:00.000Z");
  expect(at("Asia/Kathmandu", "2026-12-01", 9)).toBe("2026-12-01T03:15:00.000Z");
});

test("a time the spring change skips is read with the offset before, one that comes twice is the first", () => {
  const at = (date: string, hour: number, minute: number) =>
    formatInZone(instantOfWallClock({ date, hour, minute }, "Europe/Paris"), "Europe/Paris");
  expect(at("2026-03-29", 1, 59)).toBe("2026-03-29T01:59:00.000+01:00");
  expect(at("2026-03-29", 2, 30)).toBe("2026-03-29T03:30:00.000+02:00");
  expect(at("2026-03-29", 3, 0)).toBe("2026-03-29T03:00:00.000+02:00");
  expect(at("2026-10-25", 2, 30)).toBe("2026-10-25T02:30:00.000+02:00");
  expect(at("2026-10-25", 3, 0)).toBe("2026-10-25T03:00:00.000+01:00");
});

test("what a clock in a zone shows is read back as the same instant, or the same reading an hour before", () => {
  fc.assert(
    fc.property(instant, zone, (at, where) => {
      const minute = Math.floor(at / 60_000) * 60_000;
      const shown = formatInZone(minute, where);
      const wall = {
        date: shown.slice(0, 10),
        hour: Number(shown.slice(11, 13)),
        minute: Number(shown.slice(14, 16)),
      };
      const back = instantOfWallClock(wall, where);
      // Only the second of two equal readings in autumn comes back as the first.
      if (back !== minute) expect(formatInZone(back, where).slice(0, 16)).toBe(shown.slice(0, 16));
      expect(back).toBeLessThanOrEqual(minute);
      expect(minute - back).toBeLessThanOrEqual(HOUR_MS);
    }),
    { numRuns: 2_000 },
  );
});

test("a written time keeps its instant and its offset", () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: -959, max: 959 }), (at, minutes) => {
      const written = formatTimestamp(at, minutes);
      expect(timestamp.safeParse(written).success).toBe(true);
      expect(millisecondsOf(written)).toBe(at);
      expect(offsetMinutesOf(written)).toBe(minutes);
    }),
  );
});

test("a time written for a zone has the date of that zone's calendar and lies in that date's day", () => {
  fc.assert(
    fc.property(instant, zone, (at, where) => {
      const date = localDateOf(at, where);
      expect(formatInZone(at, where).slice(0, 10)).toBe(date);
      expect(offsetMinutesOf(formatInZone(at, where))).toBe(zoneOffsetMinutes(where, at));
      const { start, end } = dayInterval(date, where);
      expect(start <= at && at < end).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test("days follow one another without a hole or an overlap", () => {
  fc.assert(
    fc.property(instant, zone, (at, where) => {
      const date = localDateOf(at, where);
      expect(dayInterval(date, where).end).toBe(dayInterval(addDays(date, 1), where).start);
      expect([23, 23.5, 24, 24.5, 25]).toContain(hoursOf(date, where));
    }),
    { numRuns: 1_000 },
  );
});

test("days are counted over months, years and leap days", () => {
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
  expect(addDays("2026-03-01", -1)).toBe("2026-02-28");
  expect(addDays("2026-11-25", 0)).toBe("2026-11-25");
});

test("only time zones this machine knows are time zones", () => {
  for (const good of zones) expect(isTimeZone(good)).toBe(true);
  for (const bad of ["", "Mars/Olympus", "Europe", "Europe/Paris\u0000", "' or 1=1"])
    expect(isTimeZone(bad)).toBe(false);
});
