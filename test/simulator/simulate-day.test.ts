import fc from "fast-check";
import { expect, test } from "vitest";
import { simulateDay } from "#agent/simulator/simulate-day";
import { mark, type Span, span } from "#schema/activity";
import { defaultCharter } from "#schema/charter-default";
import { demoPeople, demoZone, planShift } from "#schema/demo-site";
import { clipTo, intersect, lengthOf, subtract } from "#schema/intervals";
import { addDays, type Interval, millisecondsOf } from "#schema/time";

const MINUTE = 60_000;

function simulate(person: number, date: string, seed = "test") {
  const shift = planShift(person, date);
  return shift && { shift, ...simulateDay({ seed, person, date, zone: demoZone, shift }) };
}

/** All shifts of all people in one week. */
function simulateWeek() {
  return demoPeople.flatMap((_, person) =>
    Array.from({ length: 7 }, (_, day) => simulate(person, addDays("2026-11-16", day))).filter(
      (day) => day !== null,
    ),
  );
}

const week = simulateWeek();

function intervalsOf(spans: readonly Span[], kinds: readonly string[]): Interval[] {
  return spans
    .filter((s) => kinds.includes(s.kind))
    .map((s) => ({ start: millisecondsOf(s.start), end: millisecondsOf(s.end) }));
}

test("the same seed, person and date give the same day, other ones another", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 29 }),
      fc.integer({ min: 0, max: 400 }),
      fc.string(),
      (person, days, seed) => {
        const date = addDays("2026-01-01", days);
        const first = simulate(person, date, seed);
        expect(simulate(person, date, seed)).toEqual(first);
        if (first) expect(simulate(person, date, `${seed}x`)).not.toEqual(first);
      },
    ),
    { numRuns: 25 },
  );
});

test("every span and mark is one the schema and the default charter accept", () => {
  for (const day of week) {
    for (const one of day.spans) {
      span.parse(one);
      if (one.kind === "focus") expect(defaultCharter.applicationCategories).toContain(one.label);
    }
    for (const one of day.marks) mark.parse(one);
  }
  expect(week.flatMap((d) => d.spans).some((s) => s.kind === "community")).toBe(false);
});

test("work stays inside the shift, but for a few minutes at its ends", () => {
  for (const { shift, spans } of week) {
    const start = millisecondsOf(shift.start) - 2 * MINUTE;
    const end = millisecondsOf(shift.end) + 13 * MINUTE;
    for (const one of spans) {
      expect(millisecondsOf(one.start)).toBeGreaterThanOrEqual(start);
      expect(millisecondsOf(one.end)).toBeLessThanOrEqual(end);
    }
  }
});

test("one is in one state at a time, except with two chats at once", () => {
  let pairs = 0;
  for (const { spans } of week) {
    const ordered = spans
      .filter((s) => s.kind !== "focus")
      .sort((a, b) => millisecondsOf(a.start) - millisecondsOf(b.start));
    ordered.forEach((one, i) => {
      for (const next of ordered.slice(i + 1)) {
        if (millisecondsOf(next.start) >= millisecondsOf(one.end)) break;
        expect([one.kind, next.kind]).toEqual(["contact", "contact"]);
        pairs++;
      }
    });
  }
  expect(pairs).toBeGreaterThan(100);
});

test("one tool is in front at a time, and none in a break", () => {
  for (const { spans } of week) {
    const focus = intervalsOf(spans, ["focus"]);
    const sum = focus.reduce((total, i) => total + i.end - i.start, 0);
    expect(sum).toBe(lengthOf(focus));
    expect(lengthOf(intersect(focus, intervalsOf(spans, ["break"])))).toBe(0);
  }
});

test("occupancy over a week lies between .80 and .88, as figures.ts says it should", () => {
  let handling = 0;
  let ready = 0;
  for (const { spans } of week) {
    const handled = intervalsOf(spans, ["contact", "acw"]);
    handling += lengthOf(handled);
    ready += lengthOf(subtract(intervalsOf(spans, ["ready"]), handled));
  }
  expect(handling / (handling + ready)).toBeGreaterThan(0.8);
  expect(handling / (handling + ready)).toBeLessThan(0.88);
});

test("contacts last about three minutes on average, half of them under two and a half", () => {
  const lengths = week
    .flatMap(({ spans }) => intervalsOf(spans, ["contact"]))
    .map((i) => (i.end - i.start) / 1000)
    .sort((a, b) => a - b);
  const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  expect(mean).toBeGreaterThan(170);
  expect(mean).toBeLessThan(200);
  expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(150);
});

test("the tool in front changes every 75 to 180 seconds on average", () => {
  const runs = week.flatMap(({ spans }) => intervalsOf(spans, ["focus"]));
  const mean = runs.reduce((sum, i) => sum + i.end - i.start, 0) / runs.length / 1000;
  expect(mean).toBeGreaterThan(75);
  expect(mean).toBeLessThan(180);
});

test("all that the later indicators read occurs in a week of the site", () => {
  const spans = week.flatMap((d) => d.spans);
  const kinds = new Set(spans.map((s) => s.kind));
  for (const kind of [
    "contact",
    "acw",
    "ready",
    "case",
    "research",
    "expert_consult",
    "help_given",
    "training",
    "break",
    "meeting",
    "tech_incident",
    "tool_wait",
    "focus",
  ])
    expect(kinds).toContain(kind);
  const marks = new Set(week.flatMap((d) => d.marks).map((m) => m.kind));
  for (const kind of [
    "interrupt",
    "deadline",
    "priority_conflict",
    "difficult_contact",
    "off_script",
    "help_request",
    "training_cancelled",
  ])
    expect(marks).toContain(kind);
  for (const field of [
    "task",
    "origin",
    "allotted",
    "scripted",
    "complexity",
    "waitingOn",
  ] as const)
    expect(spans.some((s) => s[field] !== undefined)).toBe(true);
});

test("now and then a workstation was off: 20 to 60 minutes without a trace, and a span that says it was cut", () => {
  const holes = week.filter(({ spans }) => spans.some((s) => s.truncated));
  expect(holes.length).toBeGreaterThan(5);
  expect(holes.length).toBeLessThan(week.length / 4);
  for (const { spans, shift } of holes) {
    const cut =
      spans.find((s) => s.truncated && s.kind !== "focus") ?? spans.find((s) => s.truncated);
    const from = millisecondsOf(cut?.end ?? "");
    const nothing = { start: from, end: Math.min(from + 20 * MINUTE, millisecondsOf(shift.end)) };
    const all = intervalsOf(
      spans,
      spans.map((s) => s.kind),
    );
    expect(clipTo(nothing, all)).toEqual([]);
  }
});
