import fc from "fast-check";
import { expect, test } from "vitest";
import { formatTimestamp, millisecondsOf, offsetMinutesOf, timestamp } from "#schema/time";

const instant = fc.integer({
  min: Date.parse("0001-01-03T00:00:00.000Z"),
  max: Date.parse("9999-12-29T00:00:00.000Z"),
});
const offset = fc.integer({ min: -15 * 60 - 59, max: 15 * 60 + 59 });

test("any instant, written with any offset, is read back as that instant and that offset", () => {
  fc.assert(
    fc.property(instant, offset, (at, minutes) => {
      const time = formatTimestamp(at, minutes);
      expect(timestamp.safeParse(time).success).toBe(true);
      expect(millisecondsOf(time)).toBe(at);
      expect(offsetMinutesOf(time)).toBe(minutes);
    }),
    { numRuns: 2000 },
  );
});

test("a timestamp is the instant the platform's own reader takes it for", () => {
  const times = [
    "2026-11-25T09:30:00.000+01:00",
    "2024-02-29T23:59:59.999Z",
    "2026-01-01T00:00:00.000-00:00",
    "0099-12-31T12:00:00.000-03:30",
    "1969-12-31T23:59:59.999+00:00",
  ];
  expect(times.map(millisecondsOf)).toEqual(times.map((time) => Date.parse(time)));
  expect(offsetMinutesOf("2026-01-01T00:00:00.000-00:00")).toBe(0);
});

test("what is not a timestamp is no instant", () => {
  for (const text of ["", "yesterday", "2026-11-25T0x:30:00.000+01:00"])
    expect(millisecondsOf(text)).toBeNaN();
});
