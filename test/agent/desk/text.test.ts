import { expect, test } from "vitest";
import { recordingState, status, trouble } from "#agent/control/messages";
import { catalogue as en } from "#agent/desk/page/text/en/catalogue";
import { catalogue as fr } from "#agent/desk/page/text/fr/catalogue";
import { markKinds, origin, spanKind } from "#schema/activity";
import { categoryIds } from "#schema/charter";
import { holesOf, leavesOf } from "#test/support/catalogue";

const english = new Map(leavesOf(en));
const french = new Map(leavesOf(fr));

test("every text of the desk exists in both languages", () => {
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

test("no sentence is longer than what is read at a glance", () => {
  for (const [key, text] of [...english, ...french])
    for (const sentence of text.split(/(?<=[.:;?])\s/))
      expect(sentence.split(/\s+/).length, `${key}: ${sentence}`).toBeLessThanOrEqual(24);
});

test("every answer of the agent has its words", () => {
  const codes =
    "started switched parked back stopped marked mark-ended paused resumed not-paused category-on category-off " +
    "category-on-not-in-charter held-back deleted corrected corrected-not-wiped signed-in signed-out private no-charter " +
    "outside-hours hours-not-told nothing-on kind-off no-task nothing-parked no-open-mark no-shift " +
    "not-optional already-sent sent gone not-found invalid not-in-charter charter-gone not-connected wrong-passphrase wait not-shared bad-request failed";
  for (const code of codes.split(" ")) expect(english.has(`replies.${code}`), code).toBe(true);
});

test("whatever the agent can say of itself has its words", () => {
  const expected = [
    ...trouble.shape.code.options
      .filter((code) => code !== "other")
      .map((code) => `troubles.${code}`),
    ...recordingState.options.map((state) => `light.${state}`),
    ...spanKind.options.map((kind) => `kinds.work.${kind}`),
    ...markKinds.map((kind) => `kinds.marks.${kind}`),
    ...origin.options.map((value) => `kinds.origins.${value}`),
    ...categoryIds.map((id) => `kinds.categories.${id}`),
    ...status.shape.applications.shape.state.options.map((state) => `recorded.states.${state}`),
  ];
  expect(expected.filter((key) => !english.has(key))).toEqual([]);
});
