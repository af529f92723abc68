import { mkdirSync, readFileSync, rmdirSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { cutWindow } from "#agent/gateway/cut-window";
import { at, makeBucket, type OpenGateway, openGateway, readFolder } from "./open-gateway.ts";

const FILE = "gateway.lines";
const ms = (seconds: number) => Date.parse(at(seconds));
/** How the file writes that moment. */
const written = (seconds: number) => String(ms(seconds) * 1000);

async function post(gateway: OpenGateway, path: string, events: [from: number, to: number][]) {
  const body = events.map(([from, to]) => ({
    timestamp: at(from),
    duration: to - from,
    data: { app: "our-crm", title: `${from}` },
  }));
  expect((await gateway.call(`${path}/events`, { body })).status).toBe(200);
}

async function beat(gateway: OpenGateway, path: string, from: number, to = from, pulsetime = 120) {
  const body = { timestamp: at(from), duration: to - from, data: { app: "our-crm", title: "a" } };
  return (await gateway.call(`${path}/heartbeat?pulsetime=${pulsetime}`, { body })).body;
}

const times = async (gateway: OpenGateway, path: string) =>
  ((await gateway.call(`${path}/events`)).body as { timestamp: string; duration: number }[])
    .map(({ timestamp, duration }) => {
      const from = (Date.parse(timestamp) - ms(0)) / 1000;
      return [from, from + duration];
    })
    .sort(([a = 0], [b = 0]) => a - b);

test("a window that is deleted is gone from every bucket, answer and the disk at once; what reached into it is cut", async () => {
  const gateway = await openGateway();
  const window = await makeBucket(gateway, "currentwindow");
  const away = await makeBucket(gateway, "afkstatus");
  gateway.clock.advance(600_000);
  await post(gateway, window, [
    [0, 50],
    [90, 110],
    [120, 121],
    [130, 130],
    [190, 210],
    [250, 300],
  ]);
  await post(gateway, away, [[10, 290]]);
  gateway.clock.advance(15_000);
  expect(readFolder(gateway.folder)).toContain(written(120));

  expect(gateway.gateway.forgetWindow({ from: ms(100), to: ms(200) })).toBe(true);
  expect(await times(gateway, window)).toEqual([
    [0, 50],
    [90, 100],
    [200, 210],
    [250, 300],
  ]);
  expect(await times(gateway, away)).toEqual([
    [10, 100],
    [200, 290],
  ]);
  const range = `start=${at(101)}&end=${at(199)}`;
  expect((await gateway.call(`${window}/events/count?${range}`)).body).toBe(0);
  const disk = readFolder(gateway.folder);
  for (const seconds of [120, 130, 190]) expect(disk).not.toContain(written(seconds));
  const before = (await gateway.call("/api/0/export")).body;
  await gateway.stop();
  const again = await openGateway({ folder: gateway.folder });
  expect((await again.call("/api/0/export")).body).toEqual(before);
});

test("earlier states of an event leave the disk too, also when nothing is left to delete", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "currentwindow");
  gateway.clock.advance(60_000);
  await post(gateway, path, [[10, 20]]);
  gateway.clock.advance(15_000);
  const body = { id: 1, timestamp: at(40), duration: 5, data: {} };
  await gateway.call(`${path}/events`, { body: [body] });
  gateway.clock.advance(15_000);
  expect(readFolder(gateway.folder)).toContain(written(10));
  expect(gateway.gateway.forgetWindow({ from: ms(0), to: ms(30) })).toBe(true);
  expect(readFolder(gateway.folder)).not.toContain(written(10));
  expect(await times(gateway, path)).toEqual([[40, 45]]);
});

test("nothing merges across a deleted window, and what is told of it later is not kept", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "currentwindow");
  await beat(gateway, path, 0);
  gateway.clock.advance(100_000);
  await beat(gateway, path, 100);
  gateway.gateway.forgetWindow({ from: ms(40), to: ms(500) });
  gateway.clock.advance(10_000);
  await beat(gateway, path, 110);
  // Back-dated into it, as watchers of absence do; and wholly inside it.
  await beat(gateway, path, 50, 110);
  await post(gateway, path, [[60, 70]]);
  expect(await times(gateway, path)).toEqual([
    [0, 40],
    [100, 110],
    [110, 110],
  ]);
});

test("an event of after a deleted window goes on", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "currentwindow");
  gateway.clock.advance(100_000);
  await beat(gateway, path, 100);
  gateway.gateway.forgetWindow({ from: ms(40), to: ms(80) });
  expect(await beat(gateway, path, 101)).toMatchObject({ id: 1, timestamp: at(100), duration: 1 });
});

test("when the disk takes nothing the answer says so; it is gone from memory, and from the disk when it can be", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "currentwindow");
  gateway.clock.advance(60_000);
  await post(gateway, path, [[10, 20]]);
  gateway.clock.advance(15_000);
  mkdirSync(join(gateway.folder, `${FILE}.draft`));
  expect(gateway.gateway.forgetWindow({ from: ms(0), to: ms(30) })).toBe(false);
  expect(await times(gateway, path)).toEqual([]);
  rmdirSync(join(gateway.folder, `${FILE}.draft`));
  gateway.clock.advance(15_000);
  expect(readFileSync(join(gateway.folder, FILE), "utf8")).not.toContain(written(10));
});

test("a gateway that cannot listen deletes what it had kept as well", async () => {
  const first = await openGateway();
  const path = await makeBucket(first, "currentwindow");
  first.clock.advance(60_000);
  await post(first, path, [[10, 20]]);
  await first.stop();
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  onTestFinished(() => void other.close());
  const address = other.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const second = await openGateway({ folder: first.folder, port });
  expect(second.gateway.address).toBeNull();
  expect(second.gateway.forgetWindow({ from: ms(0), to: ms(30) })).toBe(true);
  expect(readFolder(first.folder)).not.toContain(written(10));
});

test("one whose file cannot be read does not claim to have deleted anything", async () => {
  const gateway = await openGateway();
  await gateway.stop();
  mkdirSync(join(gateway.folder, FILE));
  const again = await openGateway({ folder: gateway.folder });
  expect(again.gateway.forgetWindow({ from: ms(0), to: ms(30) })).toBe(false);
});

test("what is left of a stretch is what lies outside the window, and all of it", () => {
  const moment = fc.integer({ min: 0, max: 30 });
  fc.assert(
    fc.property(moment, moment, moment, moment, (start, duration, from, length) => {
      const window = { from, to: from + length };
      const left = cutWindow({ start, duration }, window);
      const moments = left.flatMap((part) =>
        Array.from({ length: part.duration }, (_, at) => part.start + at),
      );
      const whole = Array.from({ length: duration }, (_, at) => start + at);
      expect(moments).toEqual(whole.filter((at) => at < window.from || at >= window.to));
      if (duration === 0) expect(left.length).toBe(start < from || start >= window.to ? 1 : 0);
      else for (const part of left) expect(part.duration).toBeGreaterThan(0);
    }),
  );
});
