import fc from "fast-check";
import { expect, test } from "vitest";
import type { Front, WindowsApi } from "#agent/sensors/windows/api";
import { sessionOf } from "#agent/sensors/windows/desktop-calls";
import { sinceTick, startWindowsInputAge, startWindowsLock } from "#agent/sensors/windows/presence";
import { nameOf, startWindowsWindow } from "#agent/sensors/windows/window";
import { makeManualClock } from "../manual-clock.ts";

/** A Windows whose answers the test sets; what it is not told to answer, it is not asked. */
function makeWindows(answers: Partial<WindowsApi>): WindowsApi {
  const unexpected = () => {
    throw new Error("a question that was not expected");
  };
  return {
    readFront: unexpected,
    readExecutable: unexpected,
    readTick: unexpected,
    readLastInput: unexpected,
    readSession: unexpected,
    readInputDesktop: unexpected,
    ...answers,
  };
}

/** Each step of waiting starts when the look before is done. */
async function pass(clock: ReturnType<typeof makeManualClock>, milliseconds: number) {
  for (let left = milliseconds; left > 0; left -= 500) {
    clock.advance(500);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const firefox = "C:\\Program Files\\Mozilla Firefox\\firefox.exe";
const notepad = "C:\\Windows\\System32\\NOTEPAD.EXE";

async function watchFront(paths: Record<number, string | null>) {
  const clock = makeManualClock();
  const told: (string | null)[] = [];
  const ends: string[] = [];
  const asked: number[] = [];
  const screen: { front: Front | null; isGone: boolean } = { front: null, isGone: false };
  const started = await startWindowsWindow({
    clock,
    api: makeWindows({
      readFront() {
        if (screen.isGone) throw new Error(firefox);
        return screen.front;
      },
      readExecutable(process) {
        asked.push(process);
        return paths[process] ?? null;
      },
    }),
    onApplication: (name) => told.push(name),
    onEnd: (reason) => ends.push(reason),
  });
  return { clock, told, ends, asked, screen, started };
}

test("the application in front is told within a second, by its executable, each change once", async () => {
  const { clock, told, asked, screen, started } = await watchFront({ 1: firefox, 2: notepad });
  expect(started.state).toEqual({ kind: "available" });
  expect(told).toEqual([null]);
  for (const [window, process] of [
    [10n, 1],
    [11n, 1],
    [20n, 2],
    [20n, 2],
    [10n, 1],
  ] as const) {
    screen.front = { window, process };
    await pass(clock, 1_000);
  }
  expect(told).toEqual([null, "firefox", "NOTEPAD", "firefox"]);
  // Only a window that was not in front before is looked up.
  expect(asked).toEqual([1, 1, 2, 1]);
});

test("a window whose program may not be read is an unknown one, and no window is none", async () => {
  const { clock, told, screen } = await watchFront({ 1: firefox, 9: null });
  screen.front = { window: 90n, process: 9 };
  await pass(clock, 1_000);
  screen.front = null;
  await pass(clock, 1_000);
  screen.front = { window: 10n, process: 1 };
  await pass(clock, 1_000);
  expect(told).toEqual([null, "", null, "firefox"]);
});

test("a Windows that stops answering is told once, without what it was asked about", async () => {
  const { clock, told, ends, screen } = await watchFront({});
  screen.isGone = true;
  await pass(clock, 5_000);
  expect(ends).toEqual(["Windows no longer says what is in front"]);
  expect(told).toEqual([null]);
  expect(clock.nextDue()).toBeNull();
});

test("once stopped, Windows is not asked any more", async () => {
  const { clock, told, screen, started } = await watchFront({ 1: firefox });
  if ("stop" in started) started.stop();
  screen.front = { window: 10n, process: 1 };
  await pass(clock, 3_000);
  expect(told).toEqual([null]);
  expect(clock.nextDue()).toBeNull();
});

test("a program is named by its file, without .exe", () => {
  expect(nameOf(firefox)).toBe("firefox");
  expect(nameOf("\\Device\\HarddiskVolume3\\Apps\\our.crm.EXE")).toBe("our.crm");
  expect(nameOf("C:\\Windows\\System32\\ApplicationFrameHost.exe")).toBe("ApplicationFrameHost");
  expect(nameOf("noextension")).toBe("noextension");
  expect(nameOf("")).toBe("");
});

test("the age of the last input is right across the turn of the 32-bit count", () => {
  const range = 2 ** 32;
  const tick = fc.integer({ min: 0, max: range - 1 });
  fc.assert(
    fc.property(tick, fc.integer({ min: 0, max: range - 60_001 }), (start, age) => {
      expect(sinceTick(start, (start + age) % range)).toBe(age);
    }),
  );
  // An input that came between the two questions is not 49 days old.
  fc.assert(
    fc.property(tick, fc.integer({ min: 0, max: 59_999 }), (start, ahead) => {
      expect(sinceTick((start + ahead) % range, start)).toBe(0);
    }),
  );
});

test("the age of the last input is read when asked for, and null when Windows does not say", async () => {
  const clock = makeManualClock();
  let last: number | null = 0xffff_ff00;
  const api = makeWindows({ readLastInput: () => last, readTick: () => 0x0000_0100 });
  const started = await startWindowsInputAge({ clock, api });
  if (!("read" in started)) throw new Error("no input age");
  expect(await started.read()).toBe(0x200);
  last = null;
  expect(await started.read()).toBeNull();
  expect((await startWindowsInputAge({ clock, api })).state).toEqual({
    kind: "unsupported",
    reason: "Windows does not say when the last input was",
  });
  // Nothing is asked in between.
  expect(clock.nextDue()).toBeNull();
});

async function watchLock(
  answers: () => {
    session?: [isActive: boolean, isLocked: boolean | null];
    desktop?: string | null;
  },
) {
  const clock = makeManualClock();
  const told: boolean[] = [];
  const started = await startWindowsLock({
    clock,
    api: makeWindows({
      readSession() {
        const { session } = answers();
        return session ? { isActive: session[0], isLocked: session[1] } : null;
      },
      readInputDesktop: () => answers().desktop ?? null,
    }),
    onLocked: (isLocked) => told.push(isLocked),
    onEnd: () => {},
  });
  return { clock, told, started };
}

test("the lock is told at once and at each change", async () => {
  let isLocked = false;
  const { clock, told, started } = await watchLock(() => ({
    session: [true, isLocked],
    desktop: "Default",
  }));
  expect(told).toEqual([false]);
  isLocked = true;
  await pass(clock, 2_000);
  await pass(clock, 4_000);
  isLocked = false;
  await pass(clock, 2_000);
  expect(told).toEqual([false, true, false]);
  if ("stop" in started) started.stop();
  isLocked = true;
  await pass(clock, 4_000);
  expect(told).toEqual([false, true, false]);
});

test("what the session says counts, then the desktop that takes input", async () => {
  const cases: [Parameters<typeof watchLock>[0], boolean][] = [
    // The prompt for an administrator's password has a desktop of its own, too.
    [() => ({ session: [true, false], desktop: "Winlogon" }), false],
    [() => ({ session: [true, true], desktop: "Default" }), true],
    // Disconnected, or another person's session on the screen.
    [() => ({ session: [false, false], desktop: "Default" }), true],
    [() => ({ session: [true, null], desktop: "Default" }), false],
    [() => ({ session: [true, null], desktop: "Winlogon" }), true],
    [() => ({ desktop: "Default" }), false],
    [() => ({ desktop: "Screen-saver" }), true],
    [() => ({ desktop: null }), true],
  ];
  for (const [answers, isLocked] of cases)
    expect((await watchLock(answers)).told).toEqual([isLocked]);
});

test("the session's state is read from the start of what Windows gives", () => {
  const words = (...values: number[]) => new Uint32Array(values);
  expect(sessionOf(words(1, 0, 3, 0, 1))).toEqual({ isActive: true, isLocked: false });
  expect(sessionOf(words(1, 0, 3, 0, 0))).toEqual({ isActive: true, isLocked: true });
  expect(sessionOf(words(1, 0, 3, 4, 1))).toEqual({ isActive: false, isLocked: false });
  expect(sessionOf(words(1, 0, 3, 0, 0xffff_ffff))).toEqual({ isActive: true, isLocked: null });
  expect(sessionOf(words(2, 0, 3, 0, 1))).toBeNull();
});

test.skipIf(process.platform === "win32")(
  "elsewhere than on Windows each sense says that it cannot be",
  async () => {
    const clock = makeManualClock();
    const reason = "the functions of Windows cannot be called";
    const state = { kind: "unsupported", reason };
    const onEnd = () => {};
    expect(await startWindowsWindow({ clock, onEnd, onApplication: () => {} })).toEqual({ state });
    expect(await startWindowsLock({ clock, onEnd, onLocked: () => {} })).toEqual({ state });
    expect(await startWindowsInputAge({ clock })).toEqual({ state });
  },
);
