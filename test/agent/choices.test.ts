import { expect, test } from "vitest";
import { applyChoices, chooseCategory, readDeclined } from "#agent/choices";
import { isOn } from "#schema/charter";
import { defaultCharter } from "#schema/charter-default";
import { makeFolder } from "./folder.ts";

test("a person's choice is kept, and taking it back too", () => {
  const folder = makeFolder();
  expect(readDeclined(folder)).toEqual([]);
  expect(chooseCategory(folder, "focus", false)).toEqual(["focus"]);
  expect(chooseCategory(folder, "focus", false)).toEqual(["focus"]);
  expect(readDeclined(folder)).toEqual(["focus"]);
  expect(chooseCategory(folder, "focus", true)).toEqual([]);
  expect(readDeclined(folder)).toEqual([]);
});

test("only what the charter leaves to each person can be switched off", () => {
  const applied = applyChoices(defaultCharter, ["focus", "work"]);
  expect(isOn(applied, "focus")).toBe(false);
  expect(isOn(applied, "work")).toBe(true);
});

test("nothing the charter has off can be switched on", () => {
  expect(isOn(applyChoices(defaultCharter, []), "input")).toBe(false);
});
