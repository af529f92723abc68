import { expect, test } from "vitest";
import type { Decision } from "#agent/session/permission";
import { slowGuessing } from "#agent/session/slow-guessing";
import { watchLeaving } from "#agent/session/watch-leaving";
import { makeManualClock } from "../manual-clock.ts";

const MINUTE = 60_000;

function watch() {
  const clock = makeManualClock();
  let left = 0;
  const leaving = watchLeaving(clock, () => {
    left += 1;
  });
  return { clock, leaving, left: () => left };
}
const decision = (state: Decision["state"], pauseRanOut = false): Decision => ({
  state,
  until: null,
  pauseRanOut,
});

test("a screen locked for ten minutes is left; one unlocked before is not", () => {
  const { clock, leaving, left } = watch();
  leaving.locked(true);
  clock.advance(9 * MINUTE);
  leaving.locked(false);
  clock.advance(20 * MINUTE);
  expect(left()).toBe(0);
  leaving.locked(true);
  clock.advance(10 * MINUTE);
  expect(left()).toBe(1);
});

test("ten minutes after the shift it is left, locked or not, and a lock in between starts no new wait for ever", () => {
  const { clock, leaving, left } = watch();
  leaving.recording(decision("outside-hours"));
  clock.advance(5 * MINUTE);
  leaving.recording(decision("outside-hours"));
  clock.advance(5 * MINUTE);
  expect(left()).toBe(1);
});

test("a pause that runs out by itself is left at once; one that was ended is not", () => {
  const { leaving, left } = watch();
  leaving.recording(decision("paused"));
  leaving.recording(decision("on"));
  expect(left()).toBe(0);
  leaving.recording(decision("on", true));
  expect(left()).toBe(1);
});

test("whoever has left is not left again", () => {
  const { clock, leaving, left } = watch();
  leaving.locked(true);
  leaving.end();
  clock.advance(20 * MINUTE);
  expect(left()).toBe(0);
});

test("wrong passphrases cost that name more and more, and others nothing", () => {
  const clock = makeManualClock();
  const guessing = slowGuessing(clock);
  const waits = Array.from({ length: 9 }, () => {
    guessing.wrong(" Anne");
    return guessing.waitSeconds("anne");
  });
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  expect(guessing.waitSeconds("bruno")).toBe(0);
  clock.advance(60_000);
  expect(guessing.waitSeconds("anne")).toBe(0);
  guessing.right("anne");
  guessing.wrong("anne");
  expect(guessing.waitSeconds("anne")).toBe(1);
});
