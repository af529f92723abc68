import { expect, test } from "vitest";
import { watchPresence } from "#agent/sensors/watch-presence";
import type { Presence } from "#agent/work/layers";
import { makeManualClock } from "../manual-clock.ts";
import { settle } from "./heard.ts";
import { watchPlayedDesk } from "./played-desk.ts";

const MINUTE = 60_000;

/** Somebody's presence where no input is told. */
function watch() {
  const clock = makeManualClock();
  const told: Presence[] = [];
  const presence = watchPresence({
    clock,
    onPresence: (next) => told.push(next),
    onAgeLost: () => {},
  });
  return { clock, told, presence };
}

test("a quarter of an hour with the same application in front is away, until the next change", () => {
  const { clock, told, presence } = watch();
  presence.front(true);
  clock.advance(10 * MINUTE);
  presence.front(true);
  clock.advance(15 * MINUTE - 1);
  expect(told).toEqual(["here"]);
  clock.advance(1);
  expect(told).toEqual(["here", "away"]);
  clock.advance(24 * 60 * MINUTE);
  expect([told, clock.nextDue()]).toEqual([["here", "away"], null]);
  presence.front(true);
  expect(told).toEqual(["here", "away", "here"]);
});

test("a screen that is unlocked is a sign of somebody", () => {
  const { clock, told, presence } = watch();
  presence.lock(false);
  presence.front(true);
  presence.lock(true);
  clock.advance(60 * MINUTE);
  presence.lock(false);
  expect(told).toEqual(["here", "locked", "here"]);
  clock.advance(15 * MINUTE);
  expect(told.at(-1)).toBe("away");
});

test("once nothing tells what is in front, it cannot be told who is there, and nothing waits", () => {
  const { clock, told, presence } = watch();
  presence.front(true);
  presence.front(false);
  expect([told, clock.nextDue()]).toEqual([["here", null], null]);
});

test("where input is told an unchanged window counts for nothing", async () => {
  const { clock, told, presence } = watch();
  presence.front(true);
  presence.age(async () => 0);
  for (let minutes = 0; minutes < 60; minutes += 1) {
    for (let quarters = 0; quarters < 4; quarters += 1) {
      clock.advance(15_000);
      await settle();
    }
  }
  presence.gateway(true);
  expect(told).toEqual(["here"]);
  // From here on input is told by nobody: the quarter of an hour begins now, not with the last window.
  presence.gateway(null);
  presence.age(null);
  clock.advance(15 * MINUTE - 1);
  expect(told).toEqual(["here"]);
  clock.advance(1);
  expect(told).toEqual(["here", "away"]);
});

test("who was away when input is no longer told stays away until the next window", () => {
  const { clock, told, presence } = watch();
  presence.front(true);
  presence.gateway(true);
  presence.gateway(null);
  clock.advance(60 * MINUTE);
  expect(told).toEqual(["here", "away"]);
  presence.front(true);
  expect(told).toEqual(["here", "away", "here"]);
});

const noAge = "only by 15 minutes without another window: the desk has no eyes";

test("a forgotten desk on sway or Hyprland is no work, and the person can read how that is told", async () => {
  const { played, desk, presences, want, wait } = watchPlayedDesk(({ refuse }) =>
    refuse("inputAge"),
  );
  await want(true, false);
  expect(desk.state.presence).toEqual({
    state: "sensed",
    reason: "the lock alone: the desk has no eyes",
  });
  played.heard.window?.onApplication("CRM");
  expect(desk.state.presence).toEqual({ state: "sensed", reason: noAge });
  await wait(14 * MINUTE);
  // Another program of the same category is a change.
  played.heard.window?.onApplication("crm");
  await wait(14 * MINUTE);
  expect(presences).toEqual(["here"]);
  await wait(MINUTE);
  expect(presences).toEqual(["here", "away"]);
  played.heard.window?.onApplication("Mail");
  expect(presences).toEqual(["here", "away", "here"]);
});

test("without the lock as well, both are said", async () => {
  const { played, desk, want } = watchPlayedDesk(({ refuse }) => refuse("inputAge", "lock"));
  await want(true, false);
  expect(desk.state.presence).toEqual({ state: "unsupported", reason: "the desk has no eyes" });
  played.heard.window?.onApplication("CRM");
  expect(desk.state.presence).toEqual({
    state: "sensed",
    reason: `${noAge}; not the lock: the desk has no eyes`,
  });
});

test("a watcher of windows that falls silent, or says the same again, is no sign of anybody", async () => {
  const { desk, presences, want, wait } = watchPlayedDesk(({ refuse }) =>
    refuse("inputAge", "window"),
  );
  await want(true, false);
  desk.windowFromGateway("browser");
  desk.tabFromGateway("crm");
  await wait(10 * MINUTE);
  desk.windowFromGateway("browser");
  desk.tabFromGateway(null);
  await wait(5 * MINUTE);
  expect(presences).toEqual(["here", "away"]);
  desk.tabFromGateway("mail");
  expect(presences).toEqual(["here", "away", "here"]);
});

test("who comes back is seen in the new window, not in the one that was left", async () => {
  const { played, told, want, wait } = watchPlayedDesk(({ refuse }) => refuse("inputAge"));
  await want(true, false);
  played.heard.window?.onApplication("CRM");
  await wait(15 * MINUTE);
  played.heard.window?.onApplication("Mail");
  expect(told).toEqual(["crm", "here", "away", "mail", "here"]);
});

test("switched off while nobody is there, nobody seems to come back for a moment", async () => {
  const { played, desk, presences, want } = watchPlayedDesk(({ refuse }) => refuse("inputAge"));
  await want(true, false);
  played.heard.window?.onApplication("CRM");
  desk.awayFromGateway(true);
  await want(false, false);
  expect(presences).toEqual(["here", "away", null]);
});
