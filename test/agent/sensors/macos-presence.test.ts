import { expect, test } from "vitest";
import { startMacosInputAge, startMacosLock } from "#agent/sensors/macos/presence";
import { inputAgeOf, lockedOf, shareRegistry } from "#agent/sensors/macos/registry";
import { makeManualClock } from "../manual-clock.ts";
import { makeMac, pass } from "./played-mac.ts";

/** What ioreg prints, in the shapes it has been seen in. */
const inputSystem = `+-o IOHIDSystem  <class IOHIDSystem, id 0x1000005b6, registered, matched, active, busy 0 (0 ms), retain 23>
  | {
  |   "IOClass" = "IOHIDSystem"
  |   "HIDIdleTime" = 3254341351000
  |   "IOProviderClass" = "IOResources"
  | }
`;
/** One session as ioreg lists it, of a person whose name must stay where it is. */
function session(user: number, ...more: string[]): string {
  const parts = [
    `"kSCSecuritySessionID"=100023`,
    `"kCGSSessionIDKey"=257`,
    `"kCGSSessionUserNameKey"="zephyrine"`,
    `"kCGSessionLongUserNameKey"="Zephyrine (Support)"`,
    ...more,
    `"kCGSSessionUserIDKey"=${user}`,
  ];
  return `{${parts.join(",")}}`;
}
const onConsole = `"kCGSSessionOnConsoleKey"=Yes`;
const offConsole = `"kCGSSessionOnConsoleKey"=No`;
const screenLocked = `"CGSSessionScreenIsLocked"=Yes`;
function root(...sessions: string[]): string {
  return `+-o Root  <class IORegistryEntry, id 0x100000100, retain 29>
    {
      "IOKitBuildVersion" = "Darwin Kernel Version 23.5.0"
      "IOConsoleUsers" = (${sessions.join(",")})
      "IORegistryPlanes" = {"IOService"="IOService"}
    }
`;
}

/** Both in one, as a Mac prints the tree down to its input system. */
function tree(...sessions: string[]): string {
  return `${root(...sessions)}  +-o J413AP  <class IOPlatformExpertDevice, id 0x100000226, registered>
    +-o AppleARMPE  <class AppleARMPE, id 0x100000107, registered>
    +-o IOResources  <class IOResources, id 0x100000108, registered>
      ${inputSystem}`;
}
const BOTH = "/usr/sbin/ioreg -w 0 -d 4 -n Root -c IOHIDSystem";
const INPUT = "/usr/sbin/ioreg -r -d 1 -w 0 -c IOHIDSystem";
const LOCK = "/usr/sbin/ioreg -n Root -d 1 -w 0";

/** Both senses over one registry, whose ioreg the test plays. */
function openMac(answer: (words: readonly string[]) => string | null) {
  const clock = makeManualClock();
  const told: boolean[] = [];
  const ends: string[] = [];
  const { asked, run } = makeMac(answer);
  const registry = shareRegistry({ clock, run, user: 501 });
  const startLock = () =>
    startMacosLock({
      clock,
      registry,
      onLocked: (isLocked) => told.push(isLocked),
      onEnd: (reason) => ends.push(reason),
    });
  async function readAge() {
    const started = await startMacosInputAge({ registry });
    if (!("read" in started)) throw new Error("no input age");
    return started.read;
  }
  return { clock, told, ends, asked, registry, startLock, readAge };
}

test("the lock and the age of the last input cost one program every 15 s between them", async () => {
  const { clock, told, asked, startLock, readAge } = openMac(() => tree(session(501, onConsole)));
  const read = await readAge();
  await startLock();
  expect(await read()).toBe(3_254_341);
  for (let looks = 0; looks < 4; looks += 1) {
    await pass(clock, 15_000);
    expect(await read()).toBe(3_254_341);
  }
  expect(asked).toEqual(Array(5).fill(BOTH));
  expect(told).toEqual([false]);
});

test("two that look at different moments share as well, and hear nothing older than 8 s", async () => {
  let printed = tree(session(501, onConsole));
  const { clock, asked, startLock, readAge } = openMac(() => printed);
  await startLock();
  await pass(clock, 7_500);
  const read = await readAge();
  for (let looks = 0; looks < 4; looks += 1) {
    await pass(clock, 15_000);
    await read();
  }
  expect(asked).toHaveLength(5);
  printed = `"HIDIdleTime" = 7000000`;
  await pass(clock, 8_000);
  expect(await read()).toBe(7);
});

test("where the shared look shows one of them not, that one is asked for by itself", async () => {
  const { clock, told, asked, startLock, readAge } = openMac((words) => {
    if (words.includes("-r")) return inputSystem;
    return words.includes("4") ? null : root(session(501, onConsole, screenLocked));
  });
  await startLock();
  expect(told).toEqual([true]);
  expect(await (await readAge())()).toBe(3_254_341);
  expect(asked).toEqual([BOTH, LOCK, INPUT, INPUT]);
  expect(clock.nextDue()).toBe(15_000);
});

test("a Mac that no longer says when the last input was tells no age", async () => {
  let printed: string | null = tree(session(501, onConsole));
  const { clock, registry, readAge } = openMac(() => printed);
  const read = await readAge();
  printed = null;
  await pass(clock, 8_000);
  expect(await read()).toBeNull();
  expect(await startMacosInputAge({ registry })).toEqual({
    state: { kind: "unsupported", reason: "macOS does not say when the last input was" },
  });
});

test("of several input systems the one used last counts", () => {
  expect(inputAgeOf(`${inputSystem}"HIDIdleTime" = 21858429\n`)).toBe(21);
  expect(inputAgeOf(`"HIDIdleTime"=999999`)).toBe(0);
  expect(inputAgeOf(`"IOClass" = "IOHIDSystem"`)).toBeNull();
});

test("the lock is told at once and at each change, and stops", async () => {
  let printed = tree(session(501, onConsole));
  const { clock, told, ends, startLock } = openMac(() => printed);
  const started = await startLock();
  expect(started.state).toEqual({ kind: "available" });
  expect(told).toEqual([false]);
  printed = tree(session(501, onConsole, screenLocked));
  await pass(clock, 30_000);
  printed = tree(session(501, onConsole));
  await pass(clock, 15_000);
  expect(told).toEqual([false, true, false]);
  printed = "";
  await pass(clock, 30_000);
  expect(ends).toEqual(["macOS no longer says whether the screen is locked"]);
  expect(told).toEqual([false, true, false]);
  printed = tree(session(501, onConsole));
  const again = await startLock();
  if ("stop" in again) again.stop();
  expect(clock.nextDue()).toBeNull();
});

test("a session is locked by its own lock and while another person's is on the screen", () => {
  const other = session(502, onConsole);
  expect(lockedOf(root(session(501, onConsole)), 501)).toBe(false);
  expect(lockedOf(root(session(501, onConsole, screenLocked)), 501)).toBe(true);
  expect(lockedOf(root(session(501, offConsole), other), 501)).toBe(true);
  expect(lockedOf(root(other, session(501, offConsole)), 502)).toBe(false);
  expect(lockedOf(root(session(502, screenLocked), session(501, onConsole)), 501)).toBe(false);
  expect(lockedOf(root(session(5011, onConsole)), 501)).toBe(true);
  expect(lockedOf(root(), 501)).toBe(true);
  expect(lockedOf(`"IORegistryPlanes" = {"IOService"="IOService"}`, 501)).toBeNull();
});
