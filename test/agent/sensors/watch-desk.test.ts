import { expect, test } from "vitest";
import { settle } from "./heard.ts";
import { watchPlayedDesk as watch } from "./played-desk.ts";

test("a sense that charter or person have off does not run at all", async () => {
  const { clock, played, desk, want } = watch();
  await settle();
  expect([played.starts, clock.nextDue()]).toEqual([[], null]);
  await want(true, false);
  expect([...played.running].sort()).toEqual(["inputAge", "lock", "window"]);
  await want(true, true);
  expect([...played.running].sort()).toEqual(["input", "inputAge", "lock", "window"]);
  await want(false, true);
  expect([...played.running].sort()).toEqual(["input", "lock"]);
  expect(desk.state).toEqual({
    applications: { state: "off" },
    presence: { state: "off", reason: "the lock alone is watched, and not recorded" },
    input: { state: "sensed" },
  });
  desk.stop();
  expect([[...played.running], clock.nextDue()]).toEqual([[], null]);
});

test("only categories come out, each change once; nothing once it is off", async () => {
  const { played, categories, presences, want } = watch();
  await want(true, false);
  for (const name of ["CRM", "crm", "Zorglub", null]) played.heard.window?.onApplication(name);
  played.heard.window?.onApplication("CRM");
  const late = played.heard.window;
  await want(false, false);
  late?.onApplication("Mail");
  late?.onEnd("too late");
  expect(categories).toEqual(["crm", "other", null, "crm", null]);
  expect(presences).toEqual(["here", null]);
});

test("what is in front is told only once it is known whether somebody is there", async () => {
  const { played, desk, categories, presences } = watch();
  desk.setWanted({ focus: true, input: false, lock: false });
  // The sense of windows is quicker than the one of input.
  played.heard.window?.onApplication("CRM");
  expect([played.starts.includes("window"), categories]).toEqual([true, []]);
  await settle();
  expect([categories, presences.at(-1)]).toEqual([["crm"], "here"]);
});

test("what cannot be sensed is said once in plain words, and tried again with growing waits", async () => {
  const { clock, played, desk, lines, categories, want, wait } = watch(({ refuse }) =>
    refuse("window"),
  );
  await want(true, false);
  const waits: (number | null)[] = [];
  for (let tries = 0; tries < 4; tries += 1) {
    const due = clock.nextDue();
    waits.push(due);
    await wait(due ?? 0);
  }
  expect(waits).toEqual([999, 1998, 3996, 7992]);
  expect(lines).toEqual([
    "Applications are not sensed: the desk has no eyes. Everything else goes on.",
  ]);
  expect(desk.state.applications).toEqual({ state: "unsupported", reason: "the desk has no eyes" });
  played.allow();
  await wait(15_984);
  played.heard.window?.onApplication("CRM");
  expect(desk.state.applications).toEqual({ state: "sensed" });
  expect(categories).toEqual(["crm"]);
});

test("a sense that ends leaves nothing in front, and comes back", async () => {
  const { played, categories, lines, want, wait } = watch();
  await want(true, false);
  played.heard.window?.onApplication("CRM");
  played.heard.window?.onEnd("the display went away");
  expect(categories).toEqual(["crm", null]);
  expect(played.running.has("window")).toBe(false);
  await wait(999);
  played.heard.window?.onApplication("CRM");
  expect(categories).toEqual(["crm", null, "crm"]);
  expect(lines).toHaveLength(1);
});

test("a permission that is missing is told as one", async () => {
  const reason = "macOS must allow it first";
  const { desk, want } = watch(({ refuse, refuseWith }) => {
    refuseWith({ state: { kind: "permission-missing", reason } });
    refuse("input");
  });
  await want(false, true);
  expect(desk.state.input).toEqual({ state: "permission-missing", reason });
});

test("presence is told with the part that is blind", async () => {
  const { played, desk, presences, want, wait } = watch(({ refuse }) => refuse("lock"));
  await want(true, false);
  expect(desk.state.presence).toEqual({
    state: "sensed",
    reason: "not the lock: the desk has no eyes",
  });
  played.setAge(180_000);
  await wait(15_000);
  expect(presences).toEqual(["here", "away"]);
});

test("a watcher at the gateway stands in for a blind sensor, and for nothing else", async () => {
  const { desk, categories, presences, want } = watch(({ refuse }) =>
    refuse("window", "inputAge", "lock"),
  );
  desk.windowFromGateway("crm");
  desk.tabFromGateway("mail");
  desk.awayFromGateway(true);
  await want(true, false);
  expect([categories, presences]).toEqual([[], []]);
  desk.windowFromGateway("browser");
  desk.tabFromGateway("research");
  desk.awayFromGateway(false);
  expect(categories).toEqual(["browser", "research"]);
  expect(presences).toEqual(["here"]);
  const byWatcher = { state: "sensed", reason: "by an ActivityWatch watcher" };
  expect(desk.state).toMatchObject({
    applications: byWatcher,
    presence: { ...byWatcher, reason: `${byWatcher.reason}; not the lock: the desk has no eyes` },
  });
  desk.windowFromGateway(null);
  expect(desk.state.applications.state).toBe("unsupported");
  await want(false, false);
  expect(categories.at(-1)).toBe(null);
});

test("the agent's own sensor counts before a watcher's window; a browser's page is the watcher's", async () => {
  const { played, desk, categories, want } = watch();
  await want(true, false);
  played.heard.window?.onApplication("CRM");
  desk.windowFromGateway("mail");
  desk.tabFromGateway("research");
  played.heard.window?.onApplication("Browser");
  expect(categories).toEqual(["crm", "research"]);
});

test("input is told as tallies of whole five minutes, by category, in the person's time zone", async () => {
  const { played, desk, tallies, want, wait } = watch();
  await want(true, true);
  const { input, window } = played.heard;
  window?.onApplication("CRM");
  input?.onInput("key");
  await wait(2_000);
  input?.onInput("key");
  window?.onApplication(null);
  input?.onInput("scroll");
  // A watcher that counts the same input is not listened to.
  desk.inputFromGateway({ keys: 50, clicks: 0, scrolls: 0 });
  await wait(297_999);
  expect(tallies).toEqual([]);
  await wait(1);
  const start = "2026-11-25T09:30:00.000+01:00";
  const none = { keys: 0, clicks: 0, doubleClicks: 0, scrolls: 0, pauses: 0 };
  expect(tallies).toEqual([
    { ...none, start, label: "crm", activeSeconds: 2, keys: 2 },
    { ...none, start, label: "other", activeSeconds: 0, scrolls: 1 },
  ]);
});

test("without the person's leave to see applications, input has no category", async () => {
  const { played, tallies, want, wait } = watch();
  await want(false, true);
  played.heard.input?.onInput("click");
  await wait(400_000);
  expect(tallies).toMatchObject([{ label: "other", clicks: 1 }]);
});

test("what is typed at a locked screen is not counted", async () => {
  const { played, tallies, want, wait } = watch();
  await want(false, true);
  played.heard.lock?.onLocked(true);
  played.heard.input?.onInput("key");
  played.heard.lock?.onLocked(false);
  played.heard.input?.onInput("click");
  await wait(400_000);
  expect(tallies).toMatchObject([{ keys: 0, clicks: 1 }]);
});

test("switching off forgets the five minutes under way; what a watcher counts stands in where the sense is blind", async () => {
  const { clock, desk, tallies, want, wait } = watch(({ refuse }) => refuse("input"));
  await want(false, true);
  desk.inputFromGateway({ keys: 3, clicks: 2, scrolls: 0 });
  expect(desk.state.input).toEqual({ state: "sensed", reason: "by an ActivityWatch watcher" });
  await want(false, false);
  desk.inputFromGateway({ keys: 9, clicks: 9, scrolls: 9 });
  await wait(400_000);
  expect([tallies, clock.nextDue()]).toEqual([[], null]);
  await want(false, true);
  desk.inputFromGateway({ keys: 3, clicks: 2, scrolls: 0 });
  desk.forgetCounts({ from: clock.now() - 1000, to: clock.now() + 1 });
  desk.inputFromGateway({ keys: 0, clicks: 0, scrolls: 4 });
  await wait(400_000);
  expect(tallies).toMatchObject([{ keys: 0, clicks: 0, doubleClicks: 0, scrolls: 4 }]);
});
