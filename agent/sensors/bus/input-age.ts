import type { Clock } from "../../clock.ts";
import { type StartedInputAge, unsupported } from "../sensor.ts";
import { type BusMethod, connectBus } from "./connect.ts";

const NO_AGE = "this Wayland desktop tells no program when the last input was";

/** GNOME's own: https://gitlab.gnome.org/GNOME/mutter/-/tree/main/data/dbus-interfaces */
const SERVICE = "org.gnome.Mutter.IdleMonitor";
const age: BusMethod = {
  service: SERVICE,
  path: `/${SERVICE.replaceAll(".", "/")}/Core`,
  interface: SERVICE,
  method: "GetIdletime",
};

/** Tells how long ago the last input was on GNOME, X11 or Wayland, in milliseconds. */
export async function startBusInputAge(options: {
  clock: Clock;
  sessionBus: string | undefined;
}): Promise<StartedInputAge> {
  if (!options.sessionBus) return unsupported(NO_AGE);
  const bus = await connectBus({
    address: options.sessionBus,
    clock: options.clock,
    onSignal: () => {},
    // Then nothing can be read any more, and that is told.
    onEnd: () => {},
  }).catch(() => null);
  if (!bus) return unsupported(NO_AGE);
  const read = async () => {
    const value = await bus.ask(age).catch(() => null);
    return typeof value === "number" ? value : null;
  };
  if ((await read()) === null) {
    bus.close();
    return unsupported(NO_AGE);
  }
  return { state: { kind: "available" }, read, stop: bus.close };
}
