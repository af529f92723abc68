import { expect, test } from "vitest";
import { watchPlayedDesk } from "./played-desk.ts";

const MINUTE = 60_000;

test("a pause tells five minutes that are over at once, though it is not 30 s since the last input", async () => {
  const { clock, played, desk, tallies, want, wait } = watchPlayedDesk();
  await want(false, true);
  await wait(5 * MINUTE - 10_000);
  played.heard.input?.onInput("key");
  await wait(20_000);
  expect(tallies).toEqual([]);
  desk.setWanted({ focus: false, input: false, lock: false });
  expect(tallies).toMatchObject([{ start: "2026-11-25T09:30:00.000+01:00", keys: 1 }]);
  await wait(60 * MINUTE);
  expect([tallies.length, clock.nextDue()]).toEqual([1, null]);
});

test("nothing of the five minutes under way at a pause is ever told, also when it ends within them", async () => {
  const { played, tallies, want, wait } = watchPlayedDesk();
  await want(false, true);
  played.heard.input?.onInput("key");
  await wait(1_000);
  played.heard.input?.onInput("key");
  const late = played.heard.input;
  await want(false, false);
  late?.onInput("key");
  await wait(MINUTE);
  await want(false, true);
  played.heard.input?.onInput("click");
  await wait(60 * MINUTE);
  expect(tallies).toMatchObject([{ keys: 0, clicks: 1, pauses: 0, activeSeconds: 0 }]);
});

test("of two bins at a pause the one that is over is told, once, and the other never", async () => {
  const { played, tallies, want, wait } = watchPlayedDesk();
  await want(false, true);
  await wait(5 * MINUTE - 5_000);
  played.heard.input?.onInput("key");
  await wait(10_000);
  played.heard.input?.onInput("scroll");
  await want(false, false);
  await want(false, true);
  await wait(60 * MINUTE);
  expect(tallies).toMatchObject([{ keys: 1, scrolls: 0 }]);
});

test("off for the last time, as when the agent ends, tells what is over as well", async () => {
  const { played, desk, tallies, want, wait } = watchPlayedDesk();
  await want(true, true);
  await wait(5 * MINUTE - 10_000);
  played.heard.input?.onInput("click");
  await wait(15_000);
  desk.stop();
  expect(tallies).toMatchObject([{ clicks: 1 }]);
});
