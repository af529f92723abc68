import { expect, test } from "vitest";
import { guardEvents, isCharterIntact, mapCategory, mayRecord } from "#agent/charter-guard";
import type { CategoryId, Charter } from "#schema/charter";
import { defaultCharter } from "#schema/charter-default";
import { makeMark, makeSpan } from "./factories.ts";
import { charter } from "./site-double.ts";

function charterWith(on: CategoryId[]): Charter {
  const categories = defaultCharter.categories.map((each) => ({
    ...each,
    on: on.includes(each.id),
  }));
  return { ...defaultCharter, categories };
}
const focus = makeSpan({ kind: "focus", label: "crm", source: "sensed" });
const tally = {
  start: "2026-11-25T09:30:00.000+01:00",
  label: "crm",
  activeSeconds: 1,
  keys: 1,
  clicks: 1,
  doubleClicks: 0,
  scrolls: 0,
  pauses: 0,
};
const everything = { spans: [makeSpan(), focus], marks: [makeMark()], tallies: [tally] };

test("without a charter nothing is recorded", () => {
  expect(guardEvents(null, everything)).toEqual({ spans: [], marks: [], tallies: [] });
  expect(mayRecord(null, "contact")).toBe(false);
});

test("only the categories that are on are recorded", () => {
  expect(guardEvents(charterWith(["work"]), everything)).toEqual({
    spans: [makeSpan()],
    marks: [makeMark()],
    tallies: [],
  });
  expect(guardEvents(charterWith(["focus"]), everything)).toEqual({
    spans: [focus],
    marks: [],
    tallies: [],
  });
  expect(guardEvents(charterWith(["input"]), everything)).toEqual({
    spans: [],
    marks: [],
    tallies: [tally],
  });
  expect(guardEvents(charterWith([]), everything)).toEqual({ spans: [], marks: [], tallies: [] });
});

test("time for a community is recorded only where the charter has it on", () => {
  expect(mayRecord(charterWith(["work"]), "community")).toBe(false);
  expect(mayRecord(charterWith(["work", "community"]), "community")).toBe(true);
});

test("an application the charter does not name is `other`; where there is no `other`, it is nothing", () => {
  const narrow = { ...charterWith(["focus"]), applicationCategories: ["crm"] };
  expect(mapCategory(charterWith(["focus"]), "gaming")).toBe("other");
  expect(mapCategory(narrow, "gaming")).toBe(null);
  expect(
    guardEvents(narrow, { ...everything, spans: [{ ...focus, label: "mail" }] }).spans,
  ).toEqual([]);
});

test("a charter that is not what its hash says is noticed", () => {
  expect(isCharterIntact(charter)).toBe(true);
  expect(isCharterIntact({ ...charter, document: { ...charter.document, rawDays: 30 } })).toBe(
    false,
  );
});
