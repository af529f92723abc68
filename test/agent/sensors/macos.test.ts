import { expect, test } from "vitest";
import { startMacosInputAge, startMacosLock } from "#agent/sensors/macos/presence";
import { shareRegistry } from "#agent/sensors/macos/registry";
import { type RunCommand, runCommand } from "#agent/sensors/macos/run-command";
import { bundleOf, frontOf, startMacosWindow } from "#agent/sensors/macos/window";
import { makeManualClock } from "../manual-clock.ts";
import { makeMac, pass } from "./played-mac.ts";

/** What the programs of macOS print, in the shapes they have been seen in. */
const safari = `"CFBundleIdentifier"="com.apple.Safari"\n`;
const noBundle = `"CFBundleIdentifier"=[ NULL ] \n`;
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
    const registry = shareRegistry({ clock });
    const senses = [
      await startMacosWindow({ clock, onEnd, onApplication: () => {} }),
      await startMacosLock({ clock, registry, onEnd, onLocked: () => {} }),
      await startMacosInputAge({ registry }),
    ];
    expect(senses.map(({ state }) => state.kind)).toEqual(Array(3).fill("unsupported"));
  },
);
