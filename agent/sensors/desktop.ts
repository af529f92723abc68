import { join } from "node:path";

/** What the desktop says of itself in the environment. */
export interface Desktop {
  platform: NodeJS.Platform;
  /** X11's, and on Wayland that of XWayland. */
  display: string | undefined;
  sessionType: string | undefined;
  waylandDisplay?: string | undefined;
  /** Socket on which sway tells of its windows. */
  swaySocket?: string | undefined;
  /** Socket on which Hyprland tells of its windows, and the one on which it answers. */
  hyprland?: { events: string; questions: string } | undefined;
  /** D-Bus address of the machine's services, among them logind. */
  systemBus?: string | undefined;
  /** D-Bus address of the person's session. */
  sessionBus?: string | undefined;
}

const SYSTEM_BUS = "unix:path=/run/dbus/system_bus_socket";

export function readDesktop(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): Desktop {
  const runtime = env.XDG_RUNTIME_DIR;
  const hyprland = env.HYPRLAND_INSTANCE_SIGNATURE;
  const folder = hyprland && join(runtime ? join(runtime, "hypr") : "/tmp/hypr", hyprland);
  return {
    platform,
    display: env.DISPLAY,
    sessionType: env.XDG_SESSION_TYPE,
    waylandDisplay: env.WAYLAND_DISPLAY,
    swaySocket: env.SWAYSOCK,
    hyprland: folder
      ? { events: join(folder, ".socket2.sock"), questions: join(folder, ".socket.sock") }
      : undefined,
    systemBus: env.DBUS_SYSTEM_BUS_ADDRESS ?? SYSTEM_BUS,
    sessionBus: env.DBUS_SESSION_BUS_ADDRESS ?? (runtime && `unix:path=${join(runtime, "bus")}`),
  };
}

/** Whether windows are Wayland's. Compositors started by hand leave the session's type at `tty`. */
export function isWayland({ sessionType, waylandDisplay }: Desktop): boolean {
  return sessionType === "wayland" || (sessionType !== "x11" && Boolean(waylandDisplay));
}
