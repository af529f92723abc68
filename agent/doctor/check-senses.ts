import type { Clock } from "../clock.ts";
import type { Sense, Status } from "../control/messages.ts";
import { chooseSenses } from "../sensors/choose-senses.ts";
import { type Desktop, isWayland } from "../sensors/desktop.ts";
import type { SensorState } from "../sensors/sensor.ts";
import { type Check, reasonOf, warns, works } from "./check.ts";

const names = {
  applications: { id: "applications", name: "Application in front" },
  away: { id: "away", name: "Away" },
  lock: { id: "lock", name: "Locked" },
  presence: { id: "presence", name: "Away and locked" },
  input: { id: "input", name: "Input counts" },
};

/** The senses of the agent that runs, as it says itself. */
export function checkRunningSenses({ applications, presence, input }: Status): Check[] {
  return [
    checkSense(names.applications, applications),
    checkSense(names.presence, presence),
    checkSense(names.input, input),
  ];
}

function checkSense(of: { id: string; name: string }, { state, reason }: Sense): Check {
  const why = reason === undefined ? "" : ` (${reason})`;
  if (state === "sensed") return works(of, `sensed${why}`);
  if (state === "off") return works(of, "off: the charter, you or the hours have it so");
  return warns(of, reason ?? "not sensed", permissionHint(state));
}

/**
 * The senses of this desktop, each started and stopped at once. What they tell in between goes nowhere. Input is left
 * alone: counting it takes a charter and a person who agreed.
 */
export async function trySenses(desktop: Desktop, clock: Clock): Promise<Check[]> {
  const senses = chooseSenses(desktop, clock);
  const deaf = { onEnd: () => {} };
  const [window, age, lock] = await Promise.all([
    tryOne(() => senses.window({ ...deaf, onApplication: () => {} })),
    tryOne(() => senses.inputAge()),
    tryOne(() => senses.lock({ ...deaf, onLocked: () => {} })),
  ]);
  return [
    describe(names.applications, window),
    describe(names.away, age),
    describe(names.lock, lock),
    works(names.input, "not tried: it is counted only where the charter and you have it on"),
  ];
}

async function tryOne(
  start: () => Promise<{ state: SensorState; stop?: () => void }>,
): Promise<SensorState> {
  try {
    const started = await start();
    started.stop?.();
    return started.state;
  } catch (error) {
    return { kind: "unsupported", reason: reasonOf(error) };
  }
}

function describe(of: { id: string; name: string }, state: SensorState): Check {
  if (state.kind === "available") return works(of, "can be sensed");
  return warns(of, state.reason, permissionHint(state.kind));
}

/** What a desktop cannot do needs nothing done: everything else works without. */
function permissionHint(kind: string): string | undefined {
  return kind === "permission-missing"
    ? "Give the permission in the system's settings, or leave it: everything else works without."
    : undefined;
}

/** Which desktop this is, as far as it says. */
export function checkDesktop(desktop: Desktop): Check {
  const of = { id: "desktop", name: "Desktop" };
  const { platform, display, waylandDisplay } = desktop;
  if (platform === "win32") return works(of, "Windows");
  if (platform === "darwin") return works(of, "macOS");
  if (isWayland(desktop)) return works(of, `Wayland${waylandDisplay ? ` ${waylandDisplay}` : ""}`);
  if (display) return works(of, `X11 ${display}`);
  return warns(
    of,
    "this terminal belongs to no desktop",
    "Run this in a terminal of your desktop; what you declare yourself works without.",
  );
}
