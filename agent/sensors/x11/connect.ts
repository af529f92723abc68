import type { Duplex } from "node:stream";
import type { XClient, XDisplay } from "x11";
import { answerWithin } from "../../ask.ts";
import type { Clock } from "../../clock.ts";

/** Calls to a display that died never come back (measured), so none is waited for longer. */
const CALL_TIMEOUT_MS = 5_000;

/** The connection as one sensor holds it. */
export interface X11Connection {
  client: XClient;
  root: number;
  /** Waits for an answer of the display. @throws the display's error, NoAnswer */
  ask<T>(call: (done: (error: Error | null, result: T) => void) => void): Promise<T>;
  /** Gives it back; the last one to do so closes it. */
  release(): void;
}

/** One connection to a display for all that sense there, made when the first of them asks for it. */
export interface X11Display {
  /** `onEnd` is called when the display goes away. */
  open(onEnd: (reason: string) => void): Promise<X11Connection | { reason: string }>;
}

export function shareX11(options: {
  display: string | undefined;
  clock: Clock;
  /** Makes a connection, instead of the one to the display's own socket. */
  connect?: () => Duplex;
}): X11Display {
  const { display, clock } = options;
  const holders = new Set<(reason: string) => void>();
  let opening: Promise<XDisplay | { reason: string }> | null = null;

  function end(ended: Promise<unknown>): void {
    if (opening !== ended) return;
    opening = null;
    const told = [...holders];
    holders.clear();
    for (const tell of told) tell("the X11 display went away");
  }

  function release(holder: (reason: string) => void, client?: XClient): void {
    if (!holders.delete(holder) || holders.size > 0) return;
    opening = null;
    client?.terminate();
  }

  return {
    async open(onEnd) {
      if (!display) return { reason: "there is no X11 display (DISPLAY is not set)" };
      const holder = (reason: string) => onEnd(reason);
      holders.add(holder);
      opening ??= openDisplay(display, clock, options.connect?.(), end);
      const opened = await opening;
      const root = "client" in opened ? opened.screen[0]?.root : undefined;
      if (!("client" in opened) || root === undefined) {
        release(holder, "client" in opened ? opened.client : undefined);
        return "client" in opened ? { reason: "the X11 display has no screen" } : opened;
      }
      const { client } = opened;
      return {
        client,
        root,
        ask: (call) =>
          answerWithin(
            clock,
            CALL_TIMEOUT_MS,
            new Promise((resolve, reject) => {
              call((error, result) => (error ? reject(error) : resolve(result)));
            }),
          ),
        release: () => release(holder, client),
      };
    },
  };
}

function openDisplay(
  display: string,
  clock: Clock,
  stream: Duplex | undefined,
  onEnd: (ended: Promise<unknown>) => void,
): Promise<XDisplay | { reason: string }> {
  async function open(): Promise<XDisplay | { reason: string }> {
    const x11 = await import("x11").catch(() => null);
    if (!x11) return { reason: "the optional package x11 is not installed" };
    const connecting = connect(x11, display, stream);
    try {
      return await answerWithin(clock, CALL_TIMEOUT_MS, connecting);
    } catch {
      // A display that answers after all, with nobody left to talk to.
      connecting.then(({ client }) => client.terminate()).catch(() => {});
      return { reason: "the X11 display cannot be reached" };
    }
  }
  const opening = open();
  void opening.then((opened) => {
    if (!("client" in opened)) return;
    const { client } = opened;
    client.on("end", () => onEnd(opening));
    client.stream.on("close", () => onEnd(opening));
  });
  return opening;
}

function connect(
  x11: typeof import("x11"),
  display: string,
  stream: Duplex | undefined,
): Promise<XDisplay> {
  return new Promise((resolve, reject) => {
    const made = x11.createClient(
      { display, shm: "off", ...(stream && { stream }) },
      (error, connected) => (error ? reject(error) : resolve(connected)),
    );
    // Later on: an error of one request, such as one about a window that closed meanwhile. Who asked is told.
    made.on("error", reject);
  });
}
