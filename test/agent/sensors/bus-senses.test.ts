import { spawnSync } from "node:child_process";
import { afterEach, expect, test } from "vitest";
import { systemClock } from "#agent/clock";
import { startBusInputAge } from "#agent/sensors/bus/input-age";
import { startBusLock } from "#agent/sensors/bus/lock";
import { type Answer, missingBus, openBus, openService } from "./bus-service.ts";
import { makeHeard } from "./heard.ts";

const missing = missingBus();
const SESSION = "/org/freedesktop/login1/session/_32";
const LOGIN = "org.freedesktop.login1";
const GNOME = "org.gnome.ScreenSaver";

let closings: (() => void)[] = [];
afterEach(() => {
  for (const close of closings.reverse()) close();
  closings = [];
});

async function openOwnBus() {
  const bus = await openBus();
  closings.push(bus.close);
  return bus;
}

/** What logind does for a session: says which it is, and whether its desktop holds it for locked. */
async function openLogin(address: string) {
  let isLocked = false;
  const service = await openService(address, LOGIN, ({ path, member, word }): Answer => {
    if (member === "GetSession" && word === "auto") return { type: "o", value: SESSION };
    return path === SESSION && member === "Get" ? { type: "v", value: isLocked } : null;
  });
  closings.push(service.close);
  return (next: boolean) => {
    isLocked = next;
    service.say(SESSION, "org.freedesktop.DBus.Properties", "PropertiesChanged");
  };
}

async function openLocker(address: string, name = GNOME) {
  let isActive = false;
  const path = `/${name.replaceAll(".", "/")}`;
  const service = await openService(address, name, ({ member }) =>
    member === "GetActive" ? { type: "b", value: isActive } : null,
  );
  closings.push(service.close);
  return {
    close: service.close,
    activate(next: boolean) {
      isActive = next;
      service.say(path, name, "ActiveChanged");
    },
  };
}

async function watchLock(buses: { systemBus?: string; sessionBus?: string }) {
  const heard = makeHeard<boolean | string>();
  const started = await startBusLock({
    clock: systemClock,
    systemBus: buses.systemBus,
    sessionBus: buses.sessionBus,
    onLocked: heard.hear,
    onEnd: heard.hear,
  });
  if ("stop" in started) closings.push(started.stop);
  return { ...heard, started };
}

test("logind's word that the session is locked is told at once, each change once", async (context) => {
  if (missing) return context.skip(missing);
  const { address } = await openOwnBus();
  const lock = await openLogin(address);
  const { told, until } = await watchLock({ systemBus: address });
  expect(told).toEqual([false]);
  lock(true);
  lock(true);
  await until((all) => all.length === 2);
  lock(false);
  await until((all) => all.length === 3);
  expect(told).toEqual([false, true, false]);
});

const uncertain = {
  kind: "available",
  reason: "by logind alone, which not every screen locker tells",
};

test("logind alone, which says not locked also where no locker tells it, is no certain word; one yes makes it one", async (context) => {
  if (missing) return context.skip(missing);
  const { address } = await openOwnBus();
  const lock = await openLogin(address);
  const { until, started } = await watchLock({ systemBus: address });
  expect(started.state).toEqual(uncertain);
  lock(true);
  await until((all) => all.length === 2);
  expect(started.state).toEqual({ kind: "available" });
  lock(false);
  await until((all) => all.length === 3);
  expect(started.state).toEqual({ kind: "available" });
});

test("with a locker that answers the word is certain, and no longer when it leaves", async (context) => {
  if (missing) return context.skip(missing);
  const [system, session] = [await openOwnBus(), await openOwnBus()];
  await openLogin(system.address);
  const locker = await openLocker(session.address);
  const { until, started } = await watchLock({
    systemBus: system.address,
    sessionBus: session.address,
  });
  expect(started.state).toEqual({ kind: "available" });
  locker.activate(true);
  await until((all) => all.at(-1) === true);
  locker.close();
  await until((all) => all.at(-1) === false);
  expect(started.state).toEqual(uncertain);
});

test("a desktop's own locker suffices; together with logind, one of them suffices", async (context) => {
  if (missing) return context.skip(missing);
  const [system, session] = [await openOwnBus(), await openOwnBus()];
  const lock = await openLogin(system.address);
  const locker = await openLocker(session.address);
  const alone = await watchLock({ sessionBus: session.address });
  const both = await watchLock({ systemBus: system.address, sessionBus: session.address });
  locker.activate(true);
  await alone.until((all) => all.length === 2);
  await both.until((all) => all.length === 2);
  lock(true);
  locker.activate(false);
  await alone.until((all) => all.length === 3);
  lock(false);
  await both.until((all) => all.length === 3);
  expect(alone.told).toEqual([false, true, false]);
  expect(both.told).toEqual([false, true, false]);
});

test("a locker that comes later is heard, and one that dies while locked leaves no lock behind", async (context) => {
  if (missing) return context.skip(missing);
  const [system, session] = [await openOwnBus(), await openOwnBus()];
  await openLogin(system.address);
  const { until } = await watchLock({
    systemBus: system.address,
    sessionBus: session.address,
  });
  const locker = await openLocker(session.address, "org.xfce.ScreenSaver");
  locker.activate(true);
  await until((all) => all.at(-1) === true);
  locker.close();
  await until((all) => all.at(-1) === false);
});

test("without anyone who knows, and without a bus, the lock is unsupported with a reason", async (context) => {
  if (missing) return context.skip(missing);
  const { address } = await openOwnBus();
  const nobody = await watchLock({ systemBus: address, sessionBus: address });
  expect(nobody.started.state).toEqual({
    kind: "unsupported",
    reason: "neither logind nor the desktop tells whether the screen is locked",
  });
  const none = await watchLock({ systemBus: "unix:path=/nonexistent/bus" });
  expect(none.started.state).toEqual({
    kind: "unsupported",
    reason: "there is no D-Bus to ask whether the screen is locked",
  });
  expect([...nobody.told, ...none.told]).toEqual([]);
});

test("a bus that ends, and the last locker that leaves, are told", async (context) => {
  if (missing) return context.skip(missing);
  const [first, second] = [await openOwnBus(), await openOwnBus()];
  await openLocker(first.address);
  const locker = await openLocker(second.address);
  const [ending, leaving] = [
    await watchLock({ sessionBus: first.address }),
    await watchLock({ sessionBus: second.address }),
  ];
  first.close();
  locker.close();
  await ending.until((all) => all.length === 2);
  await leaving.until((all) => all.length === 2);
  expect(ending.told).toEqual([false, "the connection to D-Bus ended"]);
  expect(leaving.told).toEqual([false, "nothing tells any longer whether the screen is locked"]);
});

const noSend = missing ?? (spawnSync("which", ["dbus-send"]).status === 0 ? null : "no dbus-send");
test("a program that only pretends to be the locker is not heard", async (context) => {
  if (noSend) return context.skip(noSend);
  const { address } = await openOwnBus();
  const locker = await openLocker(address);
  const { told, until } = await watchLock({ sessionBus: address });
  const words = [
    `--bus=${address}`,
    "--type=signal",
    "/x",
    `${GNOME}.ActiveChanged`,
    "boolean:true",
  ];
  expect(spawnSync("dbus-send", words).status).toBe(0);
  locker.activate(true);
  await until((all) => all.length === 2);
  expect(told).toEqual([false, true]);
});

test("GNOME says how long ago the last input was; elsewhere there is a reason", async (context) => {
  if (missing) return context.skip(missing);
  const { address } = await openOwnBus();
  const none = await startBusInputAge({ clock: systemClock, sessionBus: address });
  expect(none.state).toEqual({
    kind: "unsupported",
    reason: "this Wayland desktop tells no program when the last input was",
  });
  let age = 5_000_000_000;
  const name = "org.gnome.Mutter.IdleMonitor";
  const mutter = await openService(address, name, () => ({ type: "t", value: age }));
  const started = await startBusInputAge({ clock: systemClock, sessionBus: address });
  if (!("read" in started)) throw new Error("the age of input is not told");
  expect(await started.read()).toBe(5_000_000_000);
  age = 12;
  expect(await started.read()).toBe(12);
  mutter.close();
  expect(await started.read()).toBe(null);
  started.stop();
});
