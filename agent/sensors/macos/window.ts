import type { Clock } from "../../clock.ts";
import { lookEvery } from "../look-every.ts";
import { type StartedSensor, unsupported, type WindowSensorOptions } from "../sensor.ts";
import { type RunCommand, runCommand } from "./run-command.ts";

/** Part of macOS, and needs no permission. */
const LSAPPINFO = "/usr/bin/lsappinfo";
const LOOK_MS = 1_000;

export interface MacosWindowOptions extends WindowSensorOptions {
  clock: Clock;
  run?: RunCommand;
}

/**
 * Tells which application is in front on macOS, by its bundle identifier: empty when it has none, null when nothing is
 * in front. Window titles are never asked for.
 */
export async function startMacosWindow(options: MacosWindowOptions): Promise<StartedSensor> {
  const { clock, run = runCommand } = options;
  let front: string | null | undefined;
  let name: string | null | undefined;
  let isStopped = false;

  async function look(): Promise<void> {
    const seen = frontOf(await run(LSAPPINFO, ["front"]));
    if (seen === front) return;
    const read = seen && bundleOf(await run(LSAPPINFO, ["info", "-only", "bundleid", seen]));
    if (isStopped) return;
    front = seen;
    if (read === name) return;
    name = read;
    options.onApplication(read);
  }

  try {
    await look();
  } catch {
    return unsupported("macOS does not say what is in front");
  }
  const stopLooking = lookEvery(clock, LOOK_MS, look, () =>
    options.onEnd("macOS no longer says what is in front"),
  );
  return {
    state: { kind: "available" },
    stop() {
      isStopped = true;
      stopLooking();
    },
  };
}

/** The serial number of the application in front, from `lsappinfo front`; null when there is none. */
export function frontOf(output: string): string | null {
  return /\bASN:0x[\da-f]+-0x[\da-f]+:?/i.exec(output)?.[0] ?? null;
}

/** The identifier in what `lsappinfo info -only bundleid` prints; empty for a program outside a bundle. */
export function bundleOf(output: string): string {
  return /"CFBundleIdentifier"\s*=\s*"([^"]*)"/.exec(output)?.[1] ?? "";
}
