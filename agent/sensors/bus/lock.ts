import type { Clock } from "../../clock.ts";
import { type LockSensorOptions, type StartedSensor, unsupported } from "../sensor.ts";
import { type Bus, type BusMethod, connectBus } from "./connect.ts";

const LOGIN = "org.freedesktop.login1";
const SESSION = "org.freedesktop.login1.Session";
const PROPERTIES = "org.freedesktop.DBus.Properties";
const BUS = "org.freedesktop.DBus";
/** What locks the screen: of GNOME, KDE and others by the shared name, Cinnamon, MATE and Xfce. */
const lockers = ["gnome", "freedesktop", "cinnamon", "mate", "xfce"].map((desktop) => ({
  service: `org.${desktop}.ScreenSaver`,
  path: `/org/${desktop}/ScreenSaver`,
}));

/** One who knows whether the screen is locked; null when nobody does. */
type AskLocked = () => Promise<boolean | null>;
/** logind knows of a lock only what the screen locker tells it, and says "not locked" when that is nothing. */
const BY_LOGIN = "by logind alone, which not every screen locker tells";

export interface BusLockOptions extends LockSensorOptions {
  clock: Clock;
  systemBus: string | undefined;
  sessionBus: string | undefined;
}

/**
 * Tells whether the session is locked, or its screen covered, on a desktop with D-Bus: logind and the desktop's own
 * locker say when something changes, and are then asked. One that says yes suffices. Where only logind answers, and
 * never yet said yes, the state says so.
 */
export async function startBusLock(options: BusLockOptions): Promise<StartedSensor> {
  let isOver = false;
  let last: boolean | undefined;
  let turn = 0;
  const buses: Bus[] = [];
  const login: AskLocked[] = [];
  const screens: AskLocked[] = [];
  let hasLocker = false;
  let hasLoginLocked = false;

  function stop(): void {
    isOver = true;
    for (const bus of buses) bus.close();
  }
  function end(reason: string): void {
    if (isOver) return;
    stop();
    options.onEnd(reason);
  }
  async function readLocked(): Promise<boolean | null> {
    const [byLogin, byScreen] = await Promise.all([askAll(login), askAll(screens)]);
    hasLoginLocked ||= byLogin === true;
    hasLocker = byScreen !== null;
    return byLogin === true ? true : (byScreen ?? byLogin);
  }
  async function look(): Promise<void> {
    turn += 1;
    const mine = turn;
    const isLocked = await readLocked();
    // Something changed while this was asked: the later answer counts.
    if (isOver || mine !== turn) return;
    if (isLocked === null) return end("nothing tells any longer whether the screen is locked");
    if (isLocked === last) return;
    last = isLocked;
    options.onLocked(isLocked);
  }
  async function join(
    address: string | undefined,
    prepare: (bus: Bus) => Promise<AskLocked[]>,
    sources: AskLocked[],
  ) {
    if (!address) return;
    const bus = await connectBus({
      address,
      clock: options.clock,
      onSignal: () => {
        if (last !== undefined) void look();
      },
      onEnd: () => end("the connection to D-Bus ended"),
    }).catch(() => null);
    if (!bus) return;
    buses.push(bus);
    sources.push(...(await prepare(bus).catch(() => [])));
  }

  await join(options.systemBus, askLogin, login);
  await join(options.sessionBus, askLockers, screens);
  const first = isOver ? null : await readLocked();
  if (first === null) {
    stop();
    return unsupported(
      buses.length === 0
        ? "there is no D-Bus to ask whether the screen is locked"
        : "neither logind nor the desktop tells whether the screen is locked",
    );
  }
  last = first;
  options.onLocked(first);
  // What changed since it was first asked.
  void look();
  return {
    get state() {
      const isCertain = hasLocker || hasLoginLocked;
      return { kind: "available" as const, ...(!isCertain && { reason: BY_LOGIN }) };
    },
    stop,
  };
}

/** Yes when one of them says yes; null when none of them knows. */
async function askAll(sources: readonly AskLocked[]): Promise<boolean | null> {
  const answers = await Promise.all(sources.map((ask) => ask().catch(() => null)));
  return answers.includes(true) ? true : answers.includes(false) ? false : null;
}

/** Of the session that this user sees, as logind knows it. */
async function askLogin(bus: Bus): Promise<AskLocked[]> {
  const manager = {
    service: LOGIN,
    path: "/org/freedesktop/login1",
    interface: `${LOGIN}.Manager`,
  };
  const path = await bus.ask({ ...manager, method: "GetSession" }, "auto");
  if (typeof path !== "string") return [];
  await bus.hear({ sender: LOGIN, interface: PROPERTIES, member: "PropertiesChanged", path });
  const hint: BusMethod = { service: LOGIN, path, interface: PROPERTIES, method: "Get" };
  return [async () => booleanOf(await bus.ask(hint, SESSION, "LockedHint"))];
}

async function askLockers(bus: Bus): Promise<AskLocked[]> {
  for (const { service } of lockers) {
    await bus.hear({ sender: service, interface: service, member: "ActiveChanged" });
    await bus.hear({ sender: BUS, interface: BUS, member: "NameOwnerChanged", arg0: service });
  }
  return lockers.map(({ service, path }) => {
    const active: BusMethod = { service, path, interface: service, method: "GetActive" };
    return async () => booleanOf(await bus.ask(active));
  });
}

function booleanOf(value: unknown): boolean | null {
  return typeof value === "boolean" ? value : null;
}
