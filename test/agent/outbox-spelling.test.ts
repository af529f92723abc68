import { expect, test } from "vitest";
import { spellEvent } from "#agent/outbox-store/spell-event";
import { makeMark } from "./factories.ts";

test("a moment is the same with any offset, and another moment is another event", () => {
  const spell = (due: string) =>
    spellEvent({ type: "mark", event: makeMark({ kind: "deadline", due }) });
  expect(spell("2026-11-25T22:30:00.000Z")).toBe(spell("2026-11-25T23:30:00.000+01:00"));
  expect(spell("2026-11-25T22:30:00.000Z")).not.toBe(spell("2026-11-25T22:30:00.001Z"));
});

test("the order of fields, and fields that are not said, make no other event", () => {
  const { kind, at } = makeMark();
  expect(spellEvent({ type: "mark", event: { kind, at } })).toBe(
    spellEvent({ type: "mark", event: { at, label: undefined, kind } }),
  );
});
