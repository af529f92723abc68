import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { systemClock } from "#agent/clock";
import { classOfLine, startHyprlandWindow } from "#agent/sensors/wayland/hyprland-window";
import { makeHeard } from "./heard.ts";

let closings: (() => void)[] = [];
afterEach(() => {
  for (const close of closings) close();
  closings = [];
});

async function listen(path: string, onSocket: (socket: Socket) => void): Promise<Server> {
  const server = createServer(onSocket);
  await new Promise<void>((resolve) => server.listen(path, resolve));
  closings.push(() => server.close());
  return server;
}

/** A Hyprland that answers on two sockets of its own. */
async function openHyprland(front: unknown) {
  const folder = mkdtempSync(join(tmpdir(), "etabli-hypr-"));
  closings.push(() => rmSync(folder, { recursive: true, force: true }));
  const events = join(folder, ".socket2.sock");
  const questions = join(folder, ".socket.sock");
  const listeners = makeHeard<Socket>();
  await listen(events, listeners.hear);
  await listen(questions, (socket) => socket.once("data", () => socket.end(JSON.stringify(front))));
  const say = (text: string) => {
    for (const socket of listeners.told) socket.write(text);
  };
  const end = () => {
    for (const socket of listeners.told) socket.destroy();
  };
  closings.push(end);
  return { events, questions, say, end };
}

test("Hyprland tells the application in front by its class, never by its title", async () => {
  const title = "Customer Zephyrine, invoice 4711";
  const hyprland = await openHyprland({ class: "our-crm", title, initialTitle: title });
  const heard = makeHeard<string | null>();
  const ended = makeHeard<string>();
  const started = await startHyprlandWindow({
    clock: systemClock,
    ...hyprland,
    onApplication: heard.hear,
    onEnd: ended.hear,
  });
  expect(started.state).toEqual({ kind: "available" });
  hyprland.say(`workspace>>2\nactivewindow>>firefox,${title}\nactivewindowv2>>64cea2\nactivewin`);
  hyprland.say("dow>>,\n");
  await heard.until((told) => told.length === 3);
  hyprland.end();
  await ended.until((told) => told.length === 1);
  expect(heard.told).toEqual(["our-crm", "firefox", null]);
  expect(ended.told).toEqual(["Hyprland ended"]);
});

test("no Hyprland is a reason", async () => {
  const started = await startHyprlandWindow({
    clock: systemClock,
    events: "/nonexistent/.socket2.sock",
    questions: "/nonexistent/.socket.sock",
    onApplication: () => {},
    onEnd: () => {},
  });
  expect(started.state).toEqual({
    kind: "unsupported",
    reason: "Hyprland does not answer on its socket",
  });
});

test("of a line, the class alone is read", () => {
  expect(classOfLine("activewindow>>kitty,vim a,b >> c")).toBe("kitty");
  expect(classOfLine("activewindow>>,")).toBe(null);
  expect(classOfLine("activewindowv2>>64cea2")).toBe(undefined);
  expect(classOfLine("windowtitle>>64cea2")).toBe(undefined);
});
