import { execFileSync, fork } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "#agent/clock";
import { childBeside, startInputHook } from "#agent/sensors/input-hook";
import type { InputKind } from "#agent/sensors/sensor";
import { openVirtualDesktop, type VirtualDesktop } from "#test/bench/desk/virtual-desktop";
import { makeManualClock } from "../manual-clock.ts";

const nodeOptions = ["--import", "tsx"];
const folder = mkdtempSync(join(tmpdir(), "etabli-hook-"));
let desktop: VirtualDesktop | null = null;

beforeAll(async () => {
  desktop = await openVirtualDesktop([]);
});

afterAll(() => {
  desktop?.close();
  rmSync(folder, { recursive: true });
});

function xdotool({ display }: VirtualDesktop, ...words: string[]): void {
  execFileSync("xdotool", words, { env: { ...process.env, DISPLAY: display }, timeout: 20_000 });
}

/** A child that plays the hook's part. */
function writeChild(name: string, program: string): string {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(path, program);
  return path;
}

/** Collects what is counted and waits for so much of it. */
function makeCounter() {
  const counts: Record<InputKind, number> = { key: 0, click: 0, scroll: 0 };
  let wake = () => {};
  let end: (reason: string) => void = () => {};
  const ended = new Promise<string>((resolve) => (end = resolve));
  return {
    counts,
    ended,
    onEnd: end,
    onInput(kind: InputKind) {
      counts[kind] += 1;
      wake();
    },
    async until(total: number) {
      while (counts.key + counts.click + counts.scroll < total)
        await new Promise<void>((resolve) => (wake = resolve));
    },
  };
}

const noDesktop = "no Xvfb, openbox, xterm and xdotool here";
const noLibrary = "no libXtst, libXt or libXrandr here";
const isLibraryMissing = (said: unknown) => /system library/.test(JSON.stringify(said));

test("each key, click and turn of the wheel on a real desktop is counted once", async (context) => {
  if (!desktop) return context.skip(noDesktop);
  const counter = makeCounter();
  const env = { ...process.env, DISPLAY: desktop.display };
  const started = await startInputHook({ ...counter, clock: systemClock, nodeOptions, env });
  if (isLibraryMissing(started.state)) return context.skip(noLibrary);
  expect(started.state).toEqual({ kind: "available" });
  xdotool(desktop, "key", "a", "b", "c");
  xdotool(desktop, "click", "1");
  xdotool(desktop, "click", "4", "click", "5");
  await counter.until(6);
  expect(counter.counts).toEqual({ key: 3, click: 1, scroll: 2 });
  // Held down until it repeats, it is still one press; the click after it shows that all before was told.
  xdotool(desktop, "keydown", "d", "sleep", "1", "keyup", "d", "click", "1");
  await counter.until(8);
  expect(counter.counts).toEqual({ key: 4, click: 2, scroll: 2 });
  if ("stop" in started) started.stop();
});

test("the child hands over three numbers, and ends when nobody listens any more", async (context) => {
  if (!desktop) return context.skip(noDesktop);
  const child = fork(childBeside(import.meta.resolve("#agent/sensors/input-hook")), [], {
    execArgv: nodeOptions,
    env: { ...process.env, DISPLAY: desktop.display },
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const said: unknown[] = [];
  let wake = () => {};
  child.on("message", (message) => {
    said.push(message);
    wake();
  });
  const more = () => new Promise<void>((resolve) => (wake = resolve));
  await more();
  if (isLibraryMissing(said[0])) return context.skip(noLibrary);
  xdotool(desktop, "type", "zephyrine");
  xdotool(desktop, "mousemove", "100", "100", "click", "3");
  const total = () => said.flat().reduce<number>((sum, n) => sum + (Number(n) || 0), 0);
  while (total() < 10) await more();
  const [first, ...counts] = said;
  expect(first).toBe("ready");
  for (const count of counts) {
    expect(count).toHaveLength(3);
    expect(JSON.stringify(count)).toMatch(/^\[\d,\d,\d\]$/);
  }
  const gone = new Promise<number | null>((resolve) => child.once("exit", resolve));
  child.disconnect();
  expect(await gone).toBe(0);
});

test("a desktop that cannot be reached is told as a reason", async () => {
  const counter = makeCounter();
  const env = { PATH: process.env.PATH, DISPLAY: ":4711" };
  const started = await startInputHook({ ...counter, clock: systemClock, nodeOptions, env });
  expect(started.state.kind).toBe("unsupported");
  expect(started).not.toHaveProperty("stop");
});

test("a child that dies is told once, after the last of what it counted", async () => {
  const counter = makeCounter();
  const childPath = writeChild(
    "dies",
    'process.send("ready"); process.send([2, 1, 0], () => process.kill(process.pid, "SIGKILL"));',
  );
  await startInputHook({ ...counter, clock: systemClock, nodeOptions: [], childPath });
  expect(await counter.ended).toBe("the counting of input ended");
  expect(counter.counts).toEqual({ key: 2, click: 1, scroll: 0 });
});

test("anything but three small numbers is not listened to", async () => {
  const counter = makeCounter();
  const childPath = writeChild(
    "chatters",
    `process.send("ready");
     for (const word of [{ keycode: 30 }, [1, 2], [1, 2, 3, 4], [-1, 0, 0], [1e9, 0, 0], "key"]) process.send(word);
     process.send([0, 0, 1], () => process.disconnect());`,
  );
  await startInputHook({ ...counter, clock: systemClock, nodeOptions: [], childPath });
  await counter.ended;
  expect(counter.counts).toEqual({ key: 0, click: 0, scroll: 1 });
});

test("a missing permission is told as such, with what to do", async () => {
  const counter = makeCounter();
  const state = { kind: "permission-missing", reason: "allow it in the settings" };
  const childPath = writeChild(
    "refused",
    `process.send(${JSON.stringify(state)}); setInterval(() => {}, 1000);`,
  );
  const started = await startInputHook({
    ...counter,
    clock: systemClock,
    nodeOptions: [],
    childPath,
  });
  expect(started).toEqual({ state });
});

test("a child that never answers is not waited for", async () => {
  const counter = makeCounter();
  const clock = makeManualClock();
  const childPath = writeChild("mute", "setInterval(() => {}, 1000);");
  const starting = startInputHook({ ...counter, clock, nodeOptions: [], childPath });
  clock.advance(10_000);
  expect((await starting).state).toEqual({
    kind: "unsupported",
    reason: "the counting of input did not start",
  });
});

test("once stopped nothing more is told, not even the end", async () => {
  const counter = makeCounter();
  const told: string[] = [];
  const childPath = writeChild(
    "stopped",
    'process.send("ready"); setInterval(() => process.send([1, 0, 0]), 5);',
  );
  const started = await startInputHook({
    onInput: counter.onInput,
    onEnd: (reason) => told.push(reason),
    clock: systemClock,
    nodeOptions: [],
    childPath,
  });
  await counter.until(1);
  if ("stop" in started) started.stop();
  const before = { ...counter.counts };
  const other = await startInputHook({
    ...makeCounter(),
    clock: systemClock,
    nodeOptions: [],
    childPath,
  });
  if ("stop" in other) other.stop();
  expect(counter.counts).toEqual(before);
  expect(told).toEqual([]);
});
