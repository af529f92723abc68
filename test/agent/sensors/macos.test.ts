import { expect, test } from "vitest";
import {
  inputAgeOf,
  lockedOf,
  startMacosInputAge,
  startMacosLock,
} from "#agent/sensors/macos/presence";
import { type RunCommand, runCommand } from "#agent/sensors/macos/run-command";
import { bundleOf, frontOf, startMacosWindow } from "#agent/sensors/macos/window";
import { makeManualClock } from "../manual-clock.ts";

/** What the programs of macOS print, in the shapes they have been seen in. */
const safari = `"CFBundleIdentifier"="com.apple.Safari"\n`;
const noBundle = `"CFBundleIdentifier"=[ NULL ] \n`;
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

async function pass(clock: ReturnType<typeof makeManualClock>, milliseconds: number) {
  for (let left = milliseconds; left > 0; left -= 500) {
    clock.advance(500);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** A Mac whose programs the test plays. */
function makeMac(answer: (words: readonly string[]) => string | null) {
  const asked: string[] = [];
  const run: RunCommand = async (command, words) => {
    asked.push([command, ...words].join(" "));
    const printed = answer(words);
    if (printed === null) throw new Error("it did not answer");
    return printed;
  };
  return { asked, run };
}

test("the application in front is told by its bundle, each change once, and looked up only then", async () => {
  const clock = makeManualClock();
  const told: (string | null)[] = [];
  let front = "ASN:0x0-0x11011:\n";
  const bundles: Record<string, string> = {
    "ASN:0x0-0x11011:": safari,
    "ASN:0x0-0x22022:": `"CFBundleIdentifier"="com.microsoft.Outlook"\n`,
    "ASN:0x0-0x33033:": noBundle,
  };
  const { asked, run } = makeMac(([what, , , asn = ""]) =>
    what === "front" ? front : (bundles[asn] ?? null),
  );
  const onApplication = (name: string | null) => told.push(name);
  const started = await startMacosWindow({ clock, run, onApplication, onEnd: () => {} });
  expect(started.state).toEqual({ kind: "available" });
  await pass(clock, 3_000);
  expect(asked.filter((line) => line.includes("bundleid"))).toHaveLength(1);
  for (const asn of ["ASN:0x0-0x22022:\n", "ASN:0x0-0x33033:\n", "", "ASN:0x0-0x11011:\n"]) {
    front = asn;
    await pass(clock, 1_000);
  }
  expect(told).toEqual(["com.apple.Safari", "com.microsoft.Outlook", "", null, "com.apple.Safari"]);
  expect(asked.join("\n")).not.toMatch(/name|title|all/i);
  if ("stop" in started) started.stop();
  expect(clock.nextDue()).toBeNull();
});

test("a Mac that does not answer is told as a reason, once", async () => {
  const clock = makeManualClock();
  const ends: string[] = [];
  let isDeaf = false;
  const { run } = makeMac(([what]) =>
    isDeaf ? null : what === "front" ? "ASN:0x0-0x11011:\n" : safari,
  );
  const options = {
    clock,
    run,
    onApplication: () => {},
    onEnd: (reason: string) => ends.push(reason),
  };
  await startMacosWindow(options);
  isDeaf = true;
  await pass(clock, 4_000);
  expect(ends).toEqual(["macOS no longer says what is in front"]);
  expect(await startMacosWindow(options)).toEqual({
    state: { kind: "unsupported", reason: "macOS does not say what is in front" },
  });
});

test("an answer that arrives after the stop is dropped", async () => {
  const clock = makeManualClock();
  const told: (string | null)[] = [];
  let release = () => {};
  let looks = 0;
  const run: RunCommand = async (_command, [what]) => {
    if (what !== "front") return safari;
    looks += 1;
    if (looks > 1) await new Promise<void>((resolve) => (release = resolve));
    return looks > 1 ? "ASN:0x0-0x22022:" : "";
  };
  const onApplication = (name: string | null) => told.push(name);
  const started = await startMacosWindow({ clock, run, onApplication, onEnd: () => {} });
  await pass(clock, 1_000);
  if ("stop" in started) started.stop();
  release();
  await pass(clock, 2_000);
  expect(told).toEqual([null]);
  expect(looks).toBe(2);
});

test("what lsappinfo prints is read: a serial number, and an identifier", () => {
  expect(frontOf("ASN:0x0-0x1b01b:\n")).toBe("ASN:0x0-0x1b01b:");
  expect(frontOf("ASN:0x0-0x6ba0d9a2\n")).toBe("ASN:0x0-0x6ba0d9a2");
  expect(frontOf("[ NULL ]\n")).toBeNull();
  expect(frontOf("")).toBeNull();
  expect(bundleOf(safari)).toBe("com.apple.Safari");
  expect(bundleOf(`"LSDisplayName"="Safari"\n${safari}`)).toBe("com.apple.Safari");
  expect(bundleOf(noBundle)).toBe("");
});

test("the age of the last input is told in milliseconds", async () => {
  const clock = makeManualClock();
  let printed: string | null = inputSystem;
  const { asked, run } = makeMac(() => printed);
  const started = await startMacosInputAge({ clock, run });
  if (!("read" in started)) throw new Error("no input age");
  expect(await started.read()).toBe(3_254_341);
  printed = null;
  expect(await started.read()).toBeNull();
  expect((await startMacosInputAge({ clock, run })).state.kind).toBe("unsupported");
  expect(new Set(asked)).toEqual(new Set(["/usr/sbin/ioreg -r -d 1 -w 0 -c IOHIDSystem"]));
});

test("of several input systems the one used last counts", () => {
  expect(inputAgeOf(`${inputSystem}"HIDIdleTime" = 21858429\n`)).toBe(21);
  expect(inputAgeOf(`"HIDIdleTime"=999999`)).toBe(0);
  expect(inputAgeOf(`"IOClass" = "IOHIDSystem"`)).toBeNull();
});

test("the lock is told at once and at each change", async () => {
  const clock = makeManualClock();
  const told: boolean[] = [];
  const ends: string[] = [];
  let printed = root(session(501, onConsole));
  const started = await startMacosLock({
    clock,
    run: makeMac(() => printed).run,
    user: 501,
    onLocked: (isLocked) => told.push(isLocked),
    onEnd: (reason) => ends.push(reason),
  });
  expect(started.state).toEqual({ kind: "available" });
  expect(told).toEqual([false]);
  printed = root(session(501, onConsole, screenLocked));
  await pass(clock, 10_000);
  printed = root(session(501, onConsole));
  await pass(clock, 5_000);
  expect(told).toEqual([false, true, false]);
  printed = "";
  await pass(clock, 10_000);
  expect(ends).toEqual(["macOS no longer says whether the screen is locked"]);
  expect(told).toEqual([false, true, false]);
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

test("a program that fails or hangs is given up, and what it printed stays out of the error", async () => {
  expect(await runCommand("/bin/sh", ["-c", "echo fine"])).toBe("fine\n");
  const failing = runCommand("/bin/sh", ["-c", "echo Zephyrine; echo Zephyrine >&2; exit 3"]);
  await expect(failing).rejects.toThrow(/^\/bin\/sh did not answer$/);
  await expect(runCommand("/nowhere/lsappinfo", ["front"])).rejects.toThrow("did not answer");
  await expect(runCommand("/bin/sh", ["-c", "exec sleep 60"])).rejects.toThrow("did not answer");
});

test.skipIf(process.platform === "darwin")(
  "elsewhere than on a Mac each sense says that it cannot be",
  async () => {
    const clock = makeManualClock();
    const onEnd = () => {};
    const senses = [
      await startMacosWindow({ clock, onEnd, onApplication: () => {} }),
      await startMacosLock({ clock, onEnd, onLocked: () => {} }),
      await startMacosInputAge({ clock }),
    ];
    expect(senses.map(({ state }) => state.kind)).toEqual(Array(3).fill("unsupported"));
  },
);
