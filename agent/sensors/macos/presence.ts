import type { Clock } from "../../clock.ts";
import { lookEvery } from "../look-every.ts";
import {
  type LockSensorOptions,
  type StartedInputAge,
  type StartedSensor,
  unsupported,
} from "../sensor.ts";
import type { Registry } from "./registry.ts";

/** As often as the age of input is looked at, so that one look serves both. */
const LOOK_MS = 15_000;

/** Tells how long ago the last input on macOS was, in milliseconds. */
export async function startMacosInputAge(options: {
  registry: Registry;
}): Promise<StartedInputAge> {
  const read = () => options.registry.inputAge().catch(() => null);
  if ((await read()) === null) return unsupported("macOS does not say when the last input was");
  return { state: { kind: "available" }, read, stop() {} };
}

/** Tells whether the screen is locked, or shows another person's session; at most 15 s late. */
export async function startMacosLock(
  options: LockSensorOptions & { clock: Clock; registry: Registry },
): Promise<StartedSensor> {
  let last: boolean | undefined;
  let isStopped = false;

  async function look(): Promise<void> {
    const isLocked = await options.registry.isLocked();
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
  const stopLooking = lookEvery(options.clock, LOOK_MS, look, () =>
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
