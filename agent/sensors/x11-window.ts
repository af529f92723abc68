import type { Duplex } from "node:stream";
import type { XDisplay } from "x11";
import { answerWithin } from "../ask.ts";
import type { Clock } from "../clock.ts";
import { type StartedSensor, unsupported, type WindowSensorOptions } from "./sensor.ts";

/** Calls to a display that died never come back (measured), so none is waited for longer. */
const CALL_TIMEOUT_MS = 5_000;
const ANY_TYPE = 0;
/** In 4-byte units: WM_CLASS is two short names. */
const CLASS_LENGTH = 64;

export interface X11Options extends WindowSensorOptions {
  display: string | undefined;
  clock: Clock;
  /** A connection made elsewhere, instead of the display's own socket. */
  stream?: Duplex;
}

/**
 * Tells which application is in front on an X11 desktop, by its WM_CLASS, when the window manager says that the
 * active window changed. Window titles are never asked for.
 */
export async function startX11Window(options: X11Options): Promise<StartedSensor> {
  const { display, clock } = options;
  if (!display) return unsupported("there is no X11 display (DISPLAY is not set)");
  const x11 = await import("x11").catch(() => null);
  if (!x11) return unsupported("the optional package x11 is not installed");
  let connected: XDisplay;
  try {
    const connecting = connect(x11, display, options.stream);
    connected = await answerWithin(clock, CALL_TIMEOUT_MS, connecting);
  } catch {
    return unsupported("the X11 display cannot be reached");
  }
  const { client } = connected;
  const root = connected.screen[0]?.root;
  if (root === undefined) return unsupported("the X11 display has no screen");
  const ask = <T>(call: (done: (error: Error | null, result: T) => void) => void) =>
    answerWithin(
      clock,
      CALL_TIMEOUT_MS,
      new Promise<T>((resolve, reject) => {
        call((error, result) => (error ? reject(error) : resolve(result)));
      }),
    );
  const activeWindow = await ask<number>((done) =>
    client.InternAtom(false, "_NET_ACTIVE_WINDOW", done),
  );
  const windowClass = await ask<number>((done) => client.InternAtom(false, "WM_CLASS", done));

  async function readApplication(): Promise<string | null> {
    const window = await ask<{ data: Buffer }>((done) =>
      client.GetProperty(false, Number(root), activeWindow, ANY_TYPE, 0, 1, done),
    );
    const id = window.data.length >= 4 ? window.data.readUInt32LE(0) : 0;
    if (id === 0) return null;
    const named = await ask<{ data: Buffer }>((done) =>
      client.GetProperty(false, id, windowClass, ANY_TYPE, 0, CLASS_LENGTH, done),
    );
    return classOf(named.data);
  }

  let last: string | null | undefined;
  let asked = 0;
  let ended = false;
  function end(reason: string): void {
    if (ended) return;
    ended = true;
    options.onEnd(reason);
  }
  /** Window managers tell each change twice, and windows close while we ask: only the newest, different answer counts. */
  async function look(): Promise<void> {
    asked += 1;
    const turn = asked;
    const name = await readApplication().catch(() => null);
    if (turn !== asked || ended || name === last) return;
    last = name;
    options.onApplication(name);
  }

  client.on("event", (event) => {
    if (event.name === "PropertyNotify" && event.atom === activeWindow) void look();
  });
  // A window that closed while it was asked about; the next change brings the next answer.
  client.on("error", () => {});
  client.on("end", () => end("the X11 display went away"));
  client.ChangeWindowAttributes(root, { eventMask: x11.eventMask.PropertyChange });
  await look();
  return {
    state: { kind: "available" },
    stop() {
      ended = true;
      client.terminate();
    },
  };
}

function connect(
  x11: typeof import("x11"),
  display: string,
  stream: Duplex | undefined,
): Promise<XDisplay> {
  return new Promise((resolve, reject) => {
    const made = x11.createClient({ display, ...(stream && { stream }) }, (error, connected) =>
      error ? reject(error) : resolve(connected),
    );
    made.on("error", reject);
  });
}

/** WM_CLASS is `instance\0class\0`; the class names the application. Empty for a window that does not say. */
function classOf(data: Buffer): string {
  const [instance = "", name = ""] = data.toString("latin1").split("\0");
  return name || instance;
}
