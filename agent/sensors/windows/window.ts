import type { Clock } from "../../clock.ts";
import { lookEvery } from "../look-every.ts";
import { type StartedSensor, unsupported, type WindowSensorOptions } from "../sensor.ts";
import { type Front, loadWindowsApi, type WindowsApi } from "./api.ts";

/** Windows tells of changes only through a message loop, which Node has not; so it is asked. */
const LOOK_MS = 1_000;

export interface WindowsWindowOptions extends WindowSensorOptions {
  clock: Clock;
  /** Another Windows than the real one. */
  api?: WindowsApi;
}

/**
 * Tells which application is in front on Windows, by the name of its executable without `.exe`: empty when Windows
 * does not let that be read, null when no window is in front. Window titles are never asked for.
 */
export async function startWindowsWindow(options: WindowsWindowOptions): Promise<StartedSensor> {
  const api = options.api ?? (await loadWindowsApi());
  if ("reason" in api) return unsupported(api.reason);
  let front: Front | null | undefined;
  let name: string | null | undefined;

  function look(asked: WindowsApi): void {
    const seen = asked.readFront();
    if (front !== undefined && isSame(seen, front)) return;
    front = seen;
    const read = seen && nameOf(asked.readExecutable(seen.process));
    if (read === name) return;
    name = read;
    options.onApplication(read);
  }

  try {
    look(api);
  } catch {
    return unsupported("Windows does not say what is in front");
  }
  const stop = lookEvery(
    options.clock,
    LOOK_MS,
    () => look(api),
    () => options.onEnd("Windows no longer says what is in front"),
  );
  return { state: { kind: "available" }, stop };
}

function isSame(one: Front | null, other: Front | null): boolean {
  return one?.window === other?.window && one?.process === other?.process;
}

/** The last part of a path without `.exe`. */
export function nameOf(path: string | null): string {
  const file = path?.split(/[\\/]/).at(-1) ?? "";
  return file.replace(/\.exe$/i, "");
}
