import { connect } from "node:net";
import { z } from "zod";
import { answerWithin } from "../../ask.ts";
import type { Clock } from "../../clock.ts";
import { type StartedSensor, unsupported, type WindowSensorOptions } from "../sensor.ts";

const START_TIMEOUT_MS = 5_000;
/** A line longer than any class and title. */
const MAX_LINE = 65_536;

/** Of the window in front, only its class is read; without a window there is none. */
const activeWindow = z.object({ class: z.string().optional() });

/** Tells which application is in front on Hyprland, from the lines of its event socket: https://wiki.hypr.land/IPC/ */
export async function startHyprlandWindow(
  options: WindowSensorOptions & { clock: Clock; events: string; questions: string },
): Promise<StartedSensor> {
  let last: string | null | undefined;
  let isOver = false;
  let received = "";
  function tell(name: string | null): void {
    if (isOver || name === last) return;
    last = name;
    options.onApplication(name);
  }

  const events = connect(options.events);
  events.setEncoding("utf8");
  events.on("data", (text: string) => {
    const lines = (received + text).split("\n");
    received = lines.pop() ?? "";
    if (received.length > MAX_LINE) received = "";
    for (const line of lines) {
      const name = classOfLine(line);
      if (name !== undefined) tell(name);
    }
  });
  events.on("error", () => {});
  events.on("close", () => {
    if (isOver) return;
    isOver = true;
    if (last !== undefined) options.onEnd("Hyprland ended");
  });

  const asking = askFront(options.questions);
  const front = await answerWithin(options.clock, START_TIMEOUT_MS, asking).catch(() => undefined);
  if (front === undefined || isOver) {
    isOver = true;
    events.destroy();
    return unsupported("Hyprland does not answer on its socket");
  }
  // An event that came meanwhile is newer.
  if (last === undefined) tell(front);
  return {
    state: { kind: "available" },
    stop() {
      isOver = true;
      events.destroy();
    },
  };
}

/** The class in a line `activewindow>>class,title`, null when no window is in front, undefined for other lines. */
export function classOfLine(line: string): string | null | undefined {
  const told = /^activewindow>>([^,]*),/.exec(line);
  return told ? told[1] || null : undefined;
}

function askFront(path: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const socket = connect(path, () => socket.write("j/activewindow"));
    const parts: Buffer[] = [];
    socket.on("data", (data) => parts.push(data));
    socket.on("error", reject);
    socket.on("end", () => {
      try {
        const told: unknown = JSON.parse(Buffer.concat(parts).toString("utf8"));
        resolve(activeWindow.parse(told).class || null);
      } catch {
        reject(new Error("Hyprland's answer cannot be read"));
      }
      socket.destroy();
    });
  });
}
