import { expect, test } from "vitest";
import { applyChoices, chooseCategory, noChoices } from "#agent/choices";
import { type CategoryId, type Charter, isOn } from "#schema/charter";
import { defaultCharter } from "#schema/charter-default";

function charterWith(id: CategoryId, on: boolean): Charter {
  const categories = defaultCharter.categories.map((each) =>
    each.id === id ? { ...each, on } : each,
  );
  return { ...defaultCharter, categories };
}

test("a category switched off is off until it is taken back", () => {
  const off = chooseCategory(chooseCategory(noChoices, "focus", false), "focus", false);
  expect(off.declined).toEqual(["focus"]);
  expect(isOn(applyChoices(defaultCharter, off), "focus")).toBe(false);
  expect(isOn(applyChoices(defaultCharter, chooseCategory(off, "focus", true)), "focus")).toBe(
    true,
  );
});

test("only what the charter leaves to each person can be switched off", () => {
  const applied = applyChoices(defaultCharter, chooseCategory(noChoices, "work", false));
  expect(isOn(applied, "work")).toBe(true);
});

test("nothing the charter has off can be switched on", () => {
  const accepted = chooseCategory(noChoices, "input", true);
  expect(isOn(applyChoices(defaultCharter, accepted), "input")).toBe(false);
});

for (const id of ["input", "off_schedule"] as const)
  test(`"${id}" needs the charter and the person: a charter alone switches it on for nobody`, () => {
    const charter = charterWith(id, true);
    const imposed = {
      ...charter,
      categories: charter.categories.map((each) => ({ ...each, optional: false })),
    };
    for (const each of [charter, imposed]) {
      expect(isOn(applyChoices(each, noChoices), id)).toBe(false);
      expect(isOn(applyChoices(each, chooseCategory(noChoices, id, true)), id)).toBe(true);
    }
  });
