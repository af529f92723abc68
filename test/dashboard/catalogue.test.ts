import { expect, test } from "vitest";
import { catalogue as en } from "#dashboard/text/en/catalogue.ts";
import { catalogue as fr } from "#dashboard/text/fr/catalogue.ts";
import { chooseLanguage, createTexts } from "#dashboard/text/language.ts";
import { holesOf, leavesOf } from "#test/support/catalogue";

const english = new Map(leavesOf(en));
const french = new Map(leavesOf(fr));

test("every text exists in both languages", () => {
  expect([...french.keys()].sort()).toEqual([...english.keys()].sort());
  expect(english.size).toBeGreaterThan(200);
});

test("no text is empty, and both languages fill in the same things", () => {
  for (const [key, text] of english) {
    expect(text.trim(), key).not.toBe("");
    expect(french.get(key)?.trim(), key).not.toBe("");
    expect(holesOf(french.get(key)), key).toEqual(holesOf(text));
  }
});

test("French puts an unbreakable space before high punctuation", () => {
  for (const [key, text] of french) expect(text, key).not.toMatch(/ [;:!?]/);
});

test("no text speaks of stress, productivity or idleness", () => {
  for (const [key, text] of [...english, ...french])
    expect(text, key).not.toMatch(/\b(stress|productivity|productivité|idle|inactive|inactif)\b/i);
});

test("counted texts agree in number", () => {
  const inEnglish = createTexts("en").t;
  const inFrench = createTexts("fr").t;
  expect(inEnglish("day.breaks", { count: 0 })).toBe("no break recorded");
  expect(inEnglish("day.breaks", { count: 1 })).toBe("1 break");
  expect(inEnglish("day.breaks", { count: 2 })).toBe("2 breaks");
  expect(inFrench("day.breaks", { count: 2 })).toBe("2 pauses");
});

test("the first language that is ours is taken, else English", () => {
  expect(chooseLanguage(["de-DE", "fr-CA", "en"])).toBe("fr");
  expect(chooseLanguage(["EN-gb"])).toBe("en");
  expect(chooseLanguage(["de"])).toBe("en");
});
