import fc from "fast-check";
import { expect, test } from "vitest";
import { readComing, readDuration, readMoment, readPast } from "#agent/cli/read-time";
import { formatInZone, localDateOf, millisecondsOf } from "#schema/time";
import { today } from "./line.ts";

const zones = fc.constantFrom("Europe/Paris", "America/Toronto", "Asia/Kolkata", "UTC");
const instants = fc.integer({ min: Date.parse("2026-01-01"), max: Date.parse("2027-12-31") });

test("a clock time is one of today, as this machine's clocks show it", () => {
  fc.assert(
    fc.property(
      zones,
      instants,
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 59 }),
      (zone, now, hour, minute) => {
        const text = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
        const read = readMoment(text, "--at", { now, zone });
        const shown = formatInZone(millisecondsOf(read), zone);
        // The hour that spring leaves out is the one exception: no clock shows it.
        fc.pre(shown.slice(11, 16) === text);
        expect(localDateOf(millisecondsOf(read), zone)).toBe(localDateOf(now, zone));
        expect(read).toBe(shown);
      },
    ),
  );
});

test("of what has passed and what lies ahead, exactly one reading is refused", () => {
  fc.assert(
    fc.property(zones, instants, fc.integer({ min: 0, max: 23 }), (zone, now, hour) => {
      const works = [readComing, readPast].filter((reader) => {
        try {
          return reader(`${hour}:30`, "--due", { now, zone });
        } catch {
          return false;
        }
      });
      expect(works).toHaveLength(1);
    }),
  );
});

test("a time that passed is not moved to tomorrow; the message has the whole time to give instead", () => {
  expect(() => readComing("9:59", "--due", today)).toThrow(
    "--due: 9:59 has passed today. Another day: 2026-11-26T09:59:00.000+01:00",
  );
  expect(readComing("2026-11-24T09:59:00+01:00", "--due", today)).toBe(
    "2026-11-24T09:59:00.000+01:00",
  );
});

test("whole times keep their offset, and need one", () => {
  expect(readMoment("2026-07-01T08:00Z", "--at", today)).toBe("2026-07-01T08:00:00.000Z");
  expect(readMoment("2026-07-01T08:00:01.5-04:00", "--at", today)).toBe(
    "2026-07-01T08:00:01.500-04:00",
  );
  expect(() => readMoment("2026-07-01T08:00:00", "--at", today)).toThrow("--at takes");
});

test("lengths are read in hours, minutes and seconds, or in the unit that is usual there", () => {
  const lengths: [string, "seconds" | "minutes", number][] = [
    ["5m", "seconds", 300],
    ["5min", "seconds", 300],
    ["1h30m", "minutes", 5400],
    ["90s", "minutes", 90],
    ["300", "seconds", 300],
    ["20", "minutes", 1200],
  ];
  for (const [text, unit, seconds] of lengths)
    expect(readDuration(text, "--for", unit)).toBe(seconds);
  for (const text of ["", "m", "5 m", "-5", "1.5h", "5m1h"])
    expect(() => readDuration(text, "--for", "minutes"), text).toThrow("--for takes");
});
