import { expect, test } from "vitest";
import { chooseSenses } from "#agent/sensors/choose-senses";
import { isWayland, readDesktop } from "#agent/sensors/desktop";
import { makeManualClock } from "../manual-clock.ts";

test("the desktop is read from the environment", () => {
  const env = {
    DISPLAY: ":0",
    XDG_SESSION_TYPE: "wayland",
    WAYLAND_DISPLAY: "wayland-1",
    SWAYSOCK: "/run/user/1000/sway.sock",
    HYPRLAND_INSTANCE_SIGNATURE: "abc",
    XDG_RUNTIME_DIR: "/run/user/1000",
    DBUS_SESSION_BUS_ADDRESS: "unix:path=/tmp/bus",
  };
  expect(readDesktop(env, "linux")).toEqual({
    platform: "linux",
    display: ":0",
    sessionType: "wayland",
    waylandDisplay: "wayland-1",
    swaySocket: "/run/user/1000/sway.sock",
    hyprland: {
      events: "/run/user/1000/hypr/abc/.socket2.sock",
      questions: "/run/user/1000/hypr/abc/.socket.sock",
    },
    systemBus: "unix:path=/run/dbus/system_bus_socket",
    sessionBus: "unix:path=/tmp/bus",
  });
  expect(readDesktop({ XDG_RUNTIME_DIR: "/run/user/7" }, "linux").sessionBus).toBe(
    "unix:path=/run/user/7/bus",
  );
  expect(readDesktop({}, "linux").sessionBus).toBe(undefined);
});

test("a desktop is Wayland's when it says so, or was started by hand and has a Wayland display", () => {
  const is = (env: Record<string, string>) => isWayland(readDesktop(env, "linux"));
  expect(is({ XDG_SESSION_TYPE: "wayland", DISPLAY: ":0" })).toBe(true);
  expect(is({ XDG_SESSION_TYPE: "tty", WAYLAND_DISPLAY: "wayland-1", DISPLAY: ":0" })).toBe(true);
  expect(is({ XDG_SESSION_TYPE: "x11", WAYLAND_DISPLAY: "wayland-1", DISPLAY: ":0" })).toBe(false);
  expect(is({ XDG_SESSION_TYPE: "tty", DISPLAY: ":0" })).toBe(false);
});

test("a desktop that tells nothing says why for each sense, and what works there", async () => {
  const clock = makeManualClock();
  const ignore = {
    onEnd: () => {},
    onInput: () => {},
    onApplication: () => {},
    onLocked: () => {},
  };
  const reasons = async (env: Record<string, string>) => {
    const bus = "unix:path=/nonexistent/bus";
    const desktop = readDesktop({ ...env, DBUS_SYSTEM_BUS_ADDRESS: bus }, "linux");
    const senses = chooseSenses(desktop, clock);
    const started = [
      await senses.window(ignore),
      await senses.inputAge(),
      await senses.lock(ignore),
      await senses.input(ignore),
    ];
    return started.map(({ state }) => ("reason" in state ? state.reason : state.kind));
  };
  const noDisplay = "there is no X11 display (DISPLAY is not set)";
  const noBus = "there is no D-Bus to ask whether the screen is locked";
  expect(await reasons({})).toEqual([noDisplay, noDisplay, noBus, noDisplay]);
  expect(await reasons({ XDG_SESSION_TYPE: "wayland", DISPLAY: ":0" })).toEqual([
    "this Wayland desktop tells no program what is in front; an X11 session does, or an ActivityWatch watcher through the gateway",
    "this Wayland desktop tells no program when the last input was",
    noBus,
    "Wayland lets no program count input; an X11 session does, or an ActivityWatch watcher through the gateway",
  ]);
});
