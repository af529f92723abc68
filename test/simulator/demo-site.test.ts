import { expect, test } from "vitest";
import { login, personName, teamName } from "#schema/account";
import { shift as shiftSchema } from "#schema/archive";
import { demoPeople, demoZone, planShift } from "#schema/demo-site";
import { addDays, instantOfWallClock, localDateOf, millisecondsOf } from "#schema/time";

const HOUR = 3_600_000;
const firstDay = "2026-11-02";

/** Every shift of everyone that starts from the day before the fortnight to its end. */
function shiftsOfAFortnight() {
  return demoPeople.flatMap((_, person) =>
    Array.from({ length: 15 }, (_, day) => planShift(person, addDays(firstDay, day - 1)))
      .filter((shift) => shift !== null)
      .map((shift) => ({
        person,
        shift,
        start: millisecondsOf(shift.start),
        end: millisecondsOf(shift.end),
      })),
  );
}

test("thirty fictitious people in two teams of fifteen, with names and logins the site accepts", () => {
  expect(demoPeople).toHaveLength(30);
  expect(new Set(demoPeople.map((p) => p.name)).size).toBe(30);
  expect(new Set(demoPeople.map((p) => p.login)).size).toBe(30);
  const teams = new Map<string, number>();
  for (const person of demoPeople) {
    personName.parse(person.name);
    login.parse(person.login);
    teams.set(teamName.parse(person.team), (teams.get(person.team) ?? 0) + 1);
  }
  expect([...teams.values()]).toEqual([15, 15]);
});

test("at every quarter of an hour of a fortnight six people are on shift, and one is well into theirs", () => {
  const shifts = shiftsOfAFortnight();
  const from = instantOfWallClock({ date: firstDay, hour: 0, minute: 0 }, demoZone);
  for (let at = from; at < from + 14 * 24 * HOUR; at += HOUR / 4) {
    const here = shifts.filter((s) => s.start <= at && at < s.end);
    const when = new Date(at).toISOString();
    expect(here.length, when).toBeGreaterThanOrEqual(6);
    const wellIn = here.filter((s) => at - s.start >= 1.5 * HOUR && at - s.start <= 5.5 * HOUR);
    expect(wellIn.length, when).toBeGreaterThanOrEqual(1);
  }
});

test("shifts last eight hours, hold three planned breaks, and leave 11 hours of rest and two days a week", () => {
  for (let person = 0; person < demoPeople.length; person++) {
    const own = shiftsOfAFortnight().filter((s) => s.person === person);
    for (const { shift, start, end } of own) {
      shiftSchema.parse(shift);
      expect(end - start).toBe(8 * HOUR);
      expect(shift.breaks).toHaveLength(3);
      for (const pause of shift.breaks) {
        expect(millisecondsOf(pause.start)).toBeGreaterThan(start);
        expect(millisecondsOf(pause.end)).toBeLessThan(end);
      }
    }
    own.slice(1).forEach((next, i) => {
      const before = own[i];
      expect(next.start - (before?.end ?? 0)).toBeGreaterThanOrEqual(11 * HOUR);
    });
    const week = own.filter((s) => {
      const date = localDateOf(s.start, demoZone);
      return date >= firstDay && date < addDays(firstDay, 7);
    });
    expect(week).toHaveLength(5);
  }
});

test("the plan of a date never changes", () => {
  expect(planShift(7, "2026-11-25")).toEqual(planShift(7, "2026-11-25"));
});
