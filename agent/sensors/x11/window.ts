import type { XEvent } from "x11";
import { type StartedSensor, unsupported, type WindowSensorOptions } from "../sensor.ts";
import type { X11Display } from "./connect.ts";

const PROPERTY_CHANGE = 0x0040_0000;
const ANY_TYPE = 0;
/** In 4-byte units: WM_CLASS is two short names. */
const CLASS_LENGTH = 64;

/**
 * Tells which application is in front on an X11 desktop, by its WM_CLASS, when the window manager says that the
 * active window changed. Window titles are never asked for.
 */
export async function startX11Window(
  options: WindowSensorOptions & { display: X11Display },
): Promise<StartedSensor> {
  let isOver = false;
  const display = await options.display.open((reason) => {
    if (isOver) return;
    isOver = true;
    options.onEnd(reason);
  });
  if ("reason" in display) return unsupported(display.reason);
  const { client, root, ask } = display;

  let last: string | null | undefined;
  let asked = 0;
  /** Window managers tell each change twice, and windows close while we ask: only the newest, different answer counts. */
  async function look(activeWindow: number, windowClass: number): Promise<void> {
    asked += 1;
    const turn = asked;
    const name = await readApplication(activeWindow, windowClass).catch(() => null);
    if (turn !== asked || isOver || name === last) return;
    last = name;
    options.onApplication(name);
  }

  async function readApplication(activeWindow: number, windowClass: number) {
    const window = await ask<{ data: Buffer }>((done) =>
      client.GetProperty(false, root, activeWindow, ANY_TYPE, 0, 1, done),
    );
    const id = window.data.length >= 4 ? window.data.readUInt32LE(0) : 0;
    if (id === 0) return null;
    const named = await ask<{ data: Buffer }>((done) =>
      client.GetProperty(false, id, windowClass, ANY_TYPE, 0, CLASS_LENGTH, done),
    );
    return classOf(named.data);
  }

  try {
    const activeWindow = await ask<number>((done) =>
      client.InternAtom(false, "_NET_ACTIVE_WINDOW", done),
    );
    const windowClass = await ask<number>((done) => client.InternAtom(false, "WM_CLASS", done));
    const onEvent = (event: XEvent) => {
      if (event.name === "PropertyNotify" && event.atom === activeWindow)
        void look(activeWindow, windowClass);
    };
    client.on("event", onEvent);
    client.ChangeWindowAttributes(root, { eventMask: PROPERTY_CHANGE });
    await look(activeWindow, windowClass);
    return {
      state: { kind: "available" },
      stop() {
        client.removeListener("event", onEvent);
        if (!isOver) client.ChangeWindowAttributes(root, { eventMask: 0 });
        isOver = true;
        display.release();
      },
    };
  } catch {
    isOver = true;
    display.release();
    return unsupported("the X11 display does not answer");
  }
}

/** WM_CLASS is `instance\0class\0`; the class names the application. Empty for a window that does not say. */
function classOf(data: Buffer): string {
  const [instance = "", name = ""] = data.toString("latin1").split("\0");
  return name || instance;
}
