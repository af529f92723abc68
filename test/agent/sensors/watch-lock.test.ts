import { expect, test } from "vitest";
import { watchPlayedDesk } from "./played-desk.ts";

test("while nothing is recorded the lock alone is watched, for the seat and nobody else", async () => {
  const { played, desk, locks, presences, categories, want } = watchPlayedDesk();
  await want(false, false, true);
  expect([...played.running]).toEqual(["lock"]);
  played.heard.lock?.onLocked(true);
  played.heard.lock?.onLocked(false);
  expect(locks).toEqual([false, true, false]);
  expect([presences, categories]).toEqual([[], []]);
  expect(desk.state.presence).toEqual({
    state: "off",
    reason: "the lock alone is watched, and not recorded",
  });
  await want(false, false);
  expect([...played.running]).toEqual([]);
  expect(desk.state.presence).toEqual({ state: "off" });
});

test("a pause goes on watching the lock by the same sense, and the recorder hears nothing of it", async () => {
  const { played, locks, presences, want } = watchPlayedDesk();
  await want(true, true, true);
  await want(false, false, true);
  expect(played.starts.filter((name) => name === "lock")).toHaveLength(1);
  played.heard.lock?.onLocked(true);
  expect(locks).toEqual([false, true]);
  expect(presences).toEqual(["here", null]);
});

test("a screen that was locked during the pause is locked for the recorder when recording goes on", async () => {
  const { played, presences, want } = watchPlayedDesk();
  await want(false, false, true);
  played.heard.lock?.onLocked(true);
  await want(true, false, true);
  expect(presences).toEqual(["locked"]);
  played.heard.lock?.onLocked(false);
  await want(false, false, true);
  expect(presences).toEqual(["locked", "here", null]);
});

test("switched off while the screen is locked, nobody seems to come back for a moment", async () => {
  const { played, presences, want } = watchPlayedDesk();
  await want(true, false, true);
  played.heard.window?.onApplication("CRM");
  played.heard.lock?.onLocked(true);
  await want(false, false, true);
  expect(presences).toEqual(["here", "locked", null]);
});

test("who asks for the lock while it is watched already is told the present state, once", async () => {
  const { played, locks, want } = watchPlayedDesk();
  await want(true, false);
  played.heard.lock?.onLocked(true);
  expect(locks).toEqual([]);
  await want(true, false, true);
  await want(false, false, true);
  expect(locks).toEqual([true]);
});

test("a lock that is not sensed any more is told nothing of, and found again when it is", async () => {
  const { played, locks, want, wait } = watchPlayedDesk();
  await want(false, false, true);
  played.heard.lock?.onLocked(true);
  played.heard.lock?.onEnd("the bus went away");
  expect(locks).toEqual([false, true]);
  await wait(999);
  expect(locks).toEqual([false, true, false]);
});

test("input alone has the lock watched, and tells the recorder of no presence", async () => {
  const { played, presences, want } = watchPlayedDesk();
  await want(false, true);
  played.heard.lock?.onLocked(true);
  expect(presences).toEqual([]);
});

test("a lock that some lockers do not tell is sensed, and says so from then on", async () => {
  const { played, desk, want } = watchPlayedDesk();
  await want(true, false);
  expect(desk.state.presence).toEqual({ state: "sensed" });
  played.doubtLock("by hearsay");
  expect(desk.state.presence).toEqual({ state: "sensed", reason: "the lock by hearsay" });
});

test("such a lock alone says both that it is alone and that it may miss something", async () => {
  const { played, desk, want } = watchPlayedDesk(({ refuse }) => refuse("inputAge"));
  played.doubtLock("by hearsay");
  await want(true, false);
  expect(desk.state.presence).toEqual({
    state: "sensed",
    reason: "the lock alone: the desk has no eyes; the lock by hearsay",
  });
});
