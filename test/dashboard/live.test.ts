import { Server } from "socket.io";
import { afterEach, expect, test } from "vitest";
import { type Live, openLive } from "#dashboard/api/live.ts";
import { UI_PATH } from "#schema/live";
import { span } from "./factories.tsx";

const closing: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function startSite() {
  const site = new Server(0, { path: UI_PATH, transports: ["websocket"] });
  closing.push(() => site.close());
  const address: unknown = site.httpServer.address();
  if (!address || typeof address !== "object" || !("port" in address)) throw new Error("no port");
  return { site, url: `http://127.0.0.1:${address.port}` };
}

function open(url: string, onRefused = () => {}) {
  const live = openLive(url, onRefused);
  closing.push(live.close);
  return live;
}

function becomes(live: Live, state: ReturnType<Live["state"]>): Promise<void> {
  return new Promise((resolve) => {
    if (live.state() === state) return resolve();
    const stop = live.watch(() => {
      if (live.state() !== state) return;
      stop();
      resolve();
    });
  });
}

test("a frame of the server reaches the page", async () => {
  const { site, url } = await startSite();
  const live = open(url);
  await becomes(live, "live");
  const frame = { spans: [span("contact", "09:00", "09:10", 1)], marks: [], tallies: [] };
  const received = new Promise((resolve) => live.onFrame(resolve));
  site.emit("activity", frame);
  expect(await received).toEqual(frame);
});

test("a frame that is not ours is not shown; the day is read again instead", async () => {
  const { site, url } = await startSite();
  const live = open(url);
  await becomes(live, "live");
  const shown: unknown[] = [];
  live.onFrame((frame) => shown.push(frame));
  const readAgain = new Promise<void>((resolve) => live.onConnect(resolve));
  site.emit("activity", { spans: [{ kind: "keys", text: "secret" }], marks: [], tallies: [] });
  await readAgain;
  expect(shown).toEqual([]);
});

test("after the server ended the connection the page asks who it is, comes back, and reads again", async () => {
  const { site, url } = await startSite();
  let asked = 0;
  const live = open(url, () => {
    asked += 1;
  });
  await becomes(live, "live");
  const readAgain = new Promise<void>((resolve) => live.onConnect(resolve));
  site.disconnectSockets(true);
  await becomes(live, "reconnecting");
  await readAgain;
  expect(live.state()).toBe("live");
  site.disconnectSockets();
  await becomes(live, "reconnecting");
  expect(asked).toBeGreaterThan(0);
  await becomes(live, "live");
});
