import type { Clock } from "../../clock.ts";
import { lookEvery } from "../look-every.ts";
import {
  type LockSensorOptions,
  type StartedInputAge,
  type StartedSensor,
  unsupported,
} from "../sensor.ts";
import { loadWindowsApi, type WindowsApi } from "./api.ts";

const LOOK_MS = 2_000;
const TICK_RANGE = 2 ** 32;
/** The two counts are kept apart in Windows; the last input may be a little ahead. */
const AHEAD_MS = 60_000;

/** Tells how long ago the last input on Windows was, in milliseconds. */
export async function startWindowsInputAge(options: {
  clock: Clock;
  api?: WindowsApi;
}): Promise<StartedInputAge> {
  const api = options.api ?? (await loadWindowsApi());
  if ("reason" in api) return unsupported(api.reason);
  if (readAge(api) === null) return unsupported("Windows does not say when the last input was");
  return {
    state: { kind: "available" },
    read: async () => readAge(api),
    stop() {},
  };
}

function readAge(api: WindowsApi): number | null {
  // The tick count is asked for second, so that it is not the older of the two.
  const last = api.readLastInput();
  return last === null ? null : sinceTick(last, api.readTick());
}

/** Milliseconds between two 32-bit tick counts, which start over at 0 every 49.7 days. */
export function sinceTick(earlier: number, now: number): number {
  const age = (now - earlier + TICK_RANGE) % TICK_RANGE;
  return age > TICK_RANGE - AHEAD_MS ? 0 : age;
}

/** Tells whether the Windows session is locked, or shown to nobody. */
export async function startWindowsLock(
  options: LockSensorOptions & { clock: Clock; api?: WindowsApi },
): Promise<StartedSensor> {
  const api = options.api ?? (await loadWindowsApi());
  if ("reason" in api) return unsupported(api.reason);
  let last: boolean | undefined;

  function look(asked: WindowsApi): void {
    const isLocked = readLocked(asked);
    if (isLocked === last) return;
    last = isLocked;
    options.onLocked(isLocked);
  }

  try {
    look(api);
  } catch {
    return unsupported("Windows does not say whether the session is locked");
  }
  const stop = lookEvery(
    options.clock,
    LOOK_MS,
    () => look(api),
    () => options.onEnd("Windows no longer says whether the session is locked"),
  );
  return { state: { kind: "available" }, stop };
}

/**
 * The session itself says it best. Where Windows does not know, the desktop that takes input tells: while the session
 * is locked that is not the person's own, called Default.
 */
function readLocked(api: WindowsApi): boolean {
  const session = api.readSession();
  if (session && !session.isActive) return true;
  if (session && session.isLocked !== null) return session.isLocked;
  return api.readInputDesktop()?.toLowerCase() !== "default";
}
