import type { Clock } from "../clock.ts";
import { type Desktop, isWayland } from "./desktop.ts";
import { shareRegistry } from "./macos/registry.ts";
import {
  type InputSensorOptions,
  type LockSensorOptions,
  type StartedInputAge,
  type StartedSensor,
  unsupported,
  type WindowSensorOptions,
} from "./sensor.ts";
import { shareX11 } from "./x11/connect.ts";

/** The senses of one desktop; each, when it is started, says itself whether it works. */
export interface Senses {
  window(options: WindowSensorOptions): Promise<StartedSensor>;
  inputAge(): Promise<StartedInputAge>;
  lock(options: LockSensorOptions): Promise<StartedSensor>;
  input(options: InputSensorOptions): Promise<StartedSensor>;
}

/** The senses that fit this desktop. What they need is loaded when one is started. */
export function chooseSenses(desktop: Desktop, clock: Clock): Senses {
  if (desktop.platform === "win32") return windowsSenses(clock);
  if (desktop.platform === "darwin") return macosSenses(clock);
  return isWayland(desktop) ? waylandSenses(desktop, clock) : x11Senses(desktop, clock);
}

function x11Senses(desktop: Desktop, clock: Clock): Senses {
  const display = shareX11({ display: desktop.display, clock });
  return {
    window: async (options) =>
      (await import("./x11/window.ts")).startX11Window({ ...options, display }),
    inputAge: async () => (await import("./x11/input-age.ts")).startX11InputAge({ display }),
    lock: (options) => busLock(options, desktop, clock),
    input: async (options) =>
      (await import("./x11/input-counts.ts")).startX11Input({ ...options, display }),
  };
}

function waylandSenses(desktop: Desktop, clock: Clock): Senses {
  const { swaySocket, hyprland, sessionBus } = desktop;
  return {
    async window(options) {
      if (swaySocket) {
        const { startSwayWindow } = await import("./wayland/sway-window.ts");
        return await startSwayWindow({ ...options, clock, socket: swaySocket });
      }
      if (hyprland) {
        const { startHyprlandWindow } = await import("./wayland/hyprland-window.ts");
        return await startHyprlandWindow({ ...options, clock, ...hyprland });
      }
      return unsupported(
        "this Wayland desktop tells no program what is in front; an X11 session does, or an ActivityWatch watcher through the gateway",
      );
    },
    inputAge: async () =>
      (await import("./bus/input-age.ts")).startBusInputAge({ clock, sessionBus }),
    lock: (options) => busLock(options, desktop, clock),
    input: async () =>
      unsupported(
        "Wayland lets no program count input; an X11 session does, or an ActivityWatch watcher through the gateway",
      ),
  };
}

async function busLock(
  options: LockSensorOptions,
  { systemBus, sessionBus }: Desktop,
  clock: Clock,
): Promise<StartedSensor> {
  const { startBusLock } = await import("./bus/lock.ts");
  return await startBusLock({ ...options, clock, systemBus, sessionBus });
}

function windowsSenses(clock: Clock): Senses {
  return {
    window: async (options) =>
      (await import("./windows/window.ts")).startWindowsWindow({ ...options, clock }),
    inputAge: async () => (await import("./windows/presence.ts")).startWindowsInputAge({ clock }),
    lock: async (options) =>
      (await import("./windows/presence.ts")).startWindowsLock({ ...options, clock }),
    input: (options) => hookedInput(options, clock),
  };
}

function macosSenses(clock: Clock): Senses {
  const registry = shareRegistry({ clock });
  return {
    window: async (options) =>
      (await import("./macos/window.ts")).startMacosWindow({ ...options, clock }),
    inputAge: async () => (await import("./macos/presence.ts")).startMacosInputAge({ registry }),
    lock: async (options) =>
      (await import("./macos/presence.ts")).startMacosLock({ ...options, clock, registry }),
    input: (options) => hookedInput(options, clock),
  };
}

async function hookedInput(options: InputSensorOptions, clock: Clock): Promise<StartedSensor> {
  const { startInputHook } = await import("./input-hook.ts");
  return await startInputHook({ ...options, clock });
}
