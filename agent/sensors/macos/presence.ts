import type { Clock } from "../../clock.ts";
import { lookEvery } from "../look-every.ts";
import {
  type LockSensorOptions,
  type StartedInputAge,
  type StartedSensor,
  unsupported,
} from "../sensor.ts";
import { type RunCommand, runCommand } from "./run-command.ts";

/** Part of macOS, and needs no permission. */
const IOREG = "/usr/sbin/ioreg";
const LOOK_MS = 5_000;
const NANOSECONDS_PER_MS = 1_000_000;

/** Tells how long ago the last input on macOS was, in milliseconds. */
export async function startMacosInputAge(options: {
  clock: Clock;
  run?: RunCommand;
}): Promise<StartedInputAge> {
  const { run = runCommand } = options;
  const read = () =>
    run(IOREG, ["-r", "-d", "1", "-w", "0", "-c", "IOHIDSystem"]).then(inputAgeOf, () => null);
  if ((await read()) === null) return unsupported("macOS does not say when the last input was");
  return { state: { kind: "available" }, read, stop() {} };
}

/** The age in what `ioreg` prints of its input system, in milliseconds; the smallest where there are several. */
export function inputAgeOf(output: string): number | null {
  const ages = [...output.matchAll(/"HIDIdleTime"\s*=\s*(\d+)/g)].map((hit) => Number(hit[1]));
  return ages.length === 0 ? null : Math.floor(Math.min(...ages) / NANOSECONDS_PER_MS);
}

/** Tells whether the screen is locked, or shows another person's session. */
export async function startMacosLock(
  options: LockSensorOptions & { clock: Clock; run?: RunCommand; user?: number },
): Promise<StartedSensor> {
  const { clock, run = runCommand, user = process.getuid?.() ?? -1 } = options;
  let last: boolean | undefined;
  let isStopped = false;

  async function look(): Promise<void> {
    const isLocked = lockedOf(await run(IOREG, ["-n", "Root", "-d", "1", "-w", "0"]), user);
    if (isLocked === null) throw new Error("no sessions are listed");
    if (isStopped || isLocked === last) return;
    last = isLocked;
    options.onLocked(isLocked);
  }

  try {
    await look();
  } catch {
    return unsupported("macOS does not say whether the screen is locked");
  }
  const stopLooking = lookEvery(clock, LOOK_MS, look, () =>
    options.onEnd("macOS no longer says whether the screen is locked"),
  );
  return {
    state: { kind: "available" },
    stop() {
      isStopped = true;
      stopLooking();
    },
  };
}

/**
 * Whether this user's session is locked, from the sessions that `ioreg` lists for its root: locked too when it is not
 * on the screen. Null when no sessions are listed.
 */
export function lockedOf(output: string, user: number): boolean | null {
  const sessions = /"IOConsoleUsers"\s*=\s*\((.*)\)/.exec(output)?.[1];
  if (sessions === undefined) return null;
  const own = sessions
    .split("},{")
    .find((session) => new RegExp(`"kCGSSessionUserIDKey"\\s*=\\s*${user}\\b`).test(session));
  if (own === undefined) return true;
  return (
    !/"kCGSSessionOnConsoleKey"\s*=\s*Yes\b/.test(own) ||
    /"CGSSessionScreenIsLocked"\s*=\s*(Yes|1)\b/.test(own)
  );
}
