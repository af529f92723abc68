import { expect, test } from "vitest";
import { watchPresence } from "#agent/sensors/watch-presence";
import type { Presence } from "#agent/work/layers";
import { makeManualClock } from "../manual-clock.ts";
import { settle } from "./heard.ts";

function watch() {
  const clock = makeManualClock();
  const told: Presence[] = [];
  let losses = 0;
  const presence = watchPresence({
    clock,
    onPresence: (next) => told.push(next),
    onAgeLost: () => (losses += 1),
  });
  const wait = async (milliseconds: number) => {
    clock.advance(milliseconds);
    await settle();
  };
  return { clock, told, presence, wait, losses: () => losses };
}

test("three minutes without input is away, noticed within 15 s; an input is back", async () => {
  const { told, presence, wait } = watch();
  let age = 0;
  presence.age(async () => age);
  await settle();
  expect(told).toEqual(["here"]);
  age = 179_999;
  await wait(15_000);
  expect(told).toEqual(["here"]);
  age = 180_000;
  await wait(14_999);
  expect(told).toEqual(["here"]);
  await wait(1);
  expect(told).toEqual(["here", "away"]);
  age = 3;
  await wait(15_000);
  expect(told).toEqual(["here", "away", "here"]);
});

test("locked counts before everything else, and is told at once", async () => {
  const { told, presence, wait } = watch();
  presence.age(async () => 0);
  await settle();
  presence.lock(true);
  await wait(60_000);
  expect(told).toEqual(["here", "locked"]);
  presence.lock(false);
  expect(presence.now).toBe("here");
});

test("where neither lock nor input is sensed it cannot be told, unless a watcher says it", async () => {
  const { told, presence } = watch();
  presence.lock(false);
  expect(told).toEqual([]);
  presence.gateway(true);
  presence.gateway(false);
  presence.gateway(null);
  expect(told).toEqual(["away", "here", null]);
});

test("what is sensed here counts before what a watcher says", async () => {
  const { told, presence } = watch();
  presence.age(async () => 0);
  await settle();
  presence.gateway(true);
  expect(told).toEqual(["here"]);
  presence.age(null);
  expect(told).toEqual(["here", "away"]);
});

test("once input is no longer to be sensed nothing is asked any more, nor heard", async () => {
  const { clock, told, presence } = watch();
  let asked = 0;
  let answer = (_age: number) => {};
  presence.age(() => {
    asked += 1;
    return new Promise<number>((resolve) => (answer = resolve));
  });
  presence.age(null);
  answer(500_000);
  await settle();
  expect([asked, told, clock.nextDue()]).toEqual([1, [], null]);
});

test("a system that no longer says when the last input was makes presence unknown, once", async () => {
  const { told, presence, wait, losses } = watch();
  let age: number | null = 0;
  presence.age(async () => age);
  await settle();
  age = null;
  await wait(15_000);
  await wait(600_000);
  expect(told).toEqual(["here", null]);
  expect(losses()).toBe(1);
});
