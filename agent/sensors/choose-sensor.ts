import { nextDelay } from "../backoff.ts";
import type { Clock } from "../clock.ts";
import {
  type SensorState,
  type StartedSensor,
  unsupported,
  type WindowSensorOptions,
} from "./sensor.ts";
import { startX11Window } from "./x11-window.ts";

/** What the desktop says of itself in the environment. */
export interface Desktop {
  platform: NodeJS.Platform;
  display: string | undefined;
  sessionType: string | undefined;
}

export function readDesktop(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): Desktop {
  return { platform, display: env.DISPLAY, sessionType: env.XDG_SESSION_TYPE };
}

/** Starts the window sensor that fits this desktop, or says why none does. */
async function chooseSensor(
  desktop: Desktop,
  clock: Clock,
  options: WindowSensorOptions,
): Promise<StartedSensor> {
  if (desktop.platform === "win32" || desktop.platform === "darwin")
    return unsupported("the application in front cannot be sensed on this system yet");
  if (desktop.sessionType === "wayland")
    return unsupported("this is a Wayland desktop, which tells no program what is in front");
  return await startX11Window({ ...options, clock, display: desktop.display });
}

export interface FocusWatch {
  readonly state: SensorState;
  stop(): void;
}

/**
 * Watches the application in front for as long as the agent runs, and tells its category. A display that goes away
 * is tried again with growing waits; what cannot be sensed is said once.
 */
export function watchFocus(options: {
  desktop: Desktop;
  clock: Clock;
  random: () => number;
  categorise: (name: string) => string;
  onCategory: (category: string | null) => void;
  say: (line: string) => void;
}): FocusWatch {
  const { clock, random } = options;
  let state: SensorState = { kind: "unsupported", reason: "not started yet" };
  let stopSensor = () => {};
  let cancelRetry = () => {};
  let attempt = 0;
  let stopped = false;
  let said = "";

  function giveUp(reason: string): void {
    state = { kind: "unsupported", reason };
    options.onCategory(null);
    if (reason !== said)
      options.say(`Applications are not sensed: ${reason}. Everything else goes on.`);
    said = reason;
  }

  function retry(): void {
    cancelRetry = clock.after(nextDelay(attempt, random), () => void start());
    attempt += 1;
  }

  async function start(): Promise<void> {
    let isFirst = true;
    const started = await chooseSensor(options.desktop, clock, {
      onApplication(name) {
        attempt = 0;
        options.onCategory(name === null ? null : options.categorise(name));
      },
      onEnd(reason) {
        if (stopped || !isFirst) return;
        isFirst = false;
        giveUp(reason);
        retry();
      },
    }).catch(() => unsupported("the display did not answer"));
    if (stopped) {
      if ("stop" in started) started.stop();
      return;
    }
    if ("stop" in started) {
      state = started.state;
      said = "";
      stopSensor = started.stop;
      return;
    }
    giveUp(started.state.reason);
    // Only a display that was named can come back.
    if (options.desktop.display && options.desktop.sessionType !== "wayland") retry();
  }

  void start();
  return {
    get state() {
      return state;
    },
    stop() {
      stopped = true;
      cancelRetry();
      stopSensor();
    },
  };
}
