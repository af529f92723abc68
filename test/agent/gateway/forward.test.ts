import { expect, test } from "vitest";
import { at, makeBucket, type OpenGateway, openGateway } from "./open-gateway.ts";

/** A heartbeat of now. */
async function beat(
  gateway: OpenGateway,
  path: string,
  data: Record<string, unknown>,
  { pulsetime = 2, seconds = 0, duration = 0 } = {},
): Promise<void> {
  const timestamp = new Date(gateway.clock.now() + seconds * 1000).toISOString();
  const body = { timestamp, duration, data };
  await gateway.call(`${path}/heartbeat?pulsetime=${pulsetime}`, { body });
}

test("the category in front is told when it changes, and taken back when the watcher falls silent", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "currentwindow");
  await beat(gateway, path, { app: "our-crm", title: "a" });
  gateway.clock.advance(1000);
  await beat(gateway, path, { app: "our-crm", title: "b" });
  gateway.clock.advance(8_000);
  await beat(gateway, path, { app: "firefox", title: "c" });
  // Twice the pulsetime and five seconds.
  gateway.clock.advance(8_999);
  expect(gateway.told).toEqual([
    ["window", "crm"],
    ["window", "browser"],
  ]);
  gateway.clock.advance(1);
  expect(gateway.told.slice(2)).toEqual([["window", null]]);
});

test("a page is told by the category of its site", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "web.tab.current");
  for (const url of ["https://eu.crm.example/a", "https://eu.crm.example/b", "https://x.example"])
    await beat(gateway, path, { url, title: "t" }, { pulsetime: 80 });
  gateway.clock.advance(165_000);
  expect(gateway.told).toEqual([
    ["tab", "crm"],
    ["tab", "browser"],
    ["tab", null],
  ]);
});

test("two browsers that tell different pages: which one is in front is not known, so neither is told", async () => {
  const gateway = await openGateway();
  const firefox = await makeBucket(gateway, "web.tab.current", "firefox");
  const chrome = await makeBucket(gateway, "web.tab.current", "chrome");
  await beat(gateway, firefox, { url: "https://eu.crm.example" }, { pulsetime: 80 });
  await beat(gateway, chrome, { url: "https://x.example" }, { pulsetime: 10 });
  gateway.clock.advance(25_000);
  expect(gateway.told).toEqual([
    ["tab", "crm"],
    ["tab", null],
    ["tab", "crm"],
  ]);
});

test("absence is told from back-dated heartbeats, and from nothing older", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "afkstatus");
  const pulsetime = 185;
  await beat(gateway, path, { status: "not-afk" }, { pulsetime, seconds: -170 });
  await beat(gateway, path, { status: "afk" }, { pulsetime, seconds: -180, duration: 180 });
  expect(gateway.told).toEqual([
    ["away", false],
    ["away", true],
  ]);
  await beat(gateway, path, { status: "not-afk" }, { pulsetime, seconds: -600 });
  await beat(gateway, path, { status: "unsure" }, { pulsetime });
  expect(gateway.told).toHaveLength(2);
});

test("old and future heartbeats, posted and imported events are kept here and told to nobody", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "currentwindow");
  const data = { app: "our-crm", title: "a" };
  await beat(gateway, path, data, { seconds: -61 });
  await beat(gateway, path, data, { seconds: 61 });
  const event = { timestamp: at(0), duration: 1, data };
  await gateway.call(`${path}/events`, { body: [event] });
  const body = {
    buckets: [{ id: "i", type: "currentwindow", client: "c", hostname: "h", events: [event] }],
  };
  expect((await gateway.call("/api/0/import", { body })).status).toBe(200);
  expect((await gateway.call("/api/0/buckets/i/events/count")).body).toBe(1);
  expect(gateway.told).toEqual([]);
});

test("counts of input are handed on once, and only while they may be counted", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "os.hid.input");
  const data = { presses: 12, clicks: 3, deltaX: 900, deltaY: 20, scrollX: 0, scrollY: 5 };
  const some = { pulsetime: 0, seconds: -5, duration: 5 };
  await beat(gateway, path, data, some);
  await beat(gateway, path, data, some);
  gateway.clock.advance(5000);
  await beat(gateway, path, data, some);
  gateway.clock.advance(5000);
  const none = { presses: 0, clicks: 0, deltaX: 4, deltaY: 0, scrollX: 0, scrollY: 0 };
  await beat(gateway, path, none, { ...some, pulsetime: 5.1 });
  gateway.clock.advance(5000);
  await beat(gateway, path, { presses: "many", clicks: -1, scrollY: 1e300 }, some);
  gateway.input.since = null;
  gateway.clock.advance(5000);
  await beat(gateway, path, data, some);
  expect(gateway.told).toEqual([
    ["input", { keys: 12, clicks: 3, scrolls: 5 }],
    ["input", { keys: 12, clicks: 3, scrolls: 5 }],
  ]);
});

test("while nothing is recorded nothing is told, and what was told before counts no longer", async () => {
  const gateway = await openGateway();
  const window = await makeBucket(gateway, "currentwindow");
  const input = await makeBucket(gateway, "os.hid.input");
  await beat(gateway, window, { app: "our-crm", title: "a" });
  gateway.recording.since = null;
  gateway.input.since = null;
  await beat(gateway, window, { app: "firefox", title: "a" });
  await beat(gateway, input, { presses: 5 }, { seconds: -1, duration: 1 });
  expect(gateway.told).toEqual([
    ["window", "crm"],
    ["window", null],
  ]);
  gateway.recording.since = gateway.clock.now();
  await beat(gateway, window, { app: "firefox", title: "a" });
  expect(gateway.told.slice(2)).toEqual([["window", "browser"]]);
});

test("counts of input have a choice of their own: with applications off they are handed on and kept", async () => {
  const gateway = await openGateway();
  gateway.recording.since = null;
  const window = await makeBucket(gateway, "currentwindow");
  const input = await makeBucket(gateway, "os.hid.input");
  await beat(gateway, window, { app: "our-crm", title: "a" });
  await beat(gateway, input, { presses: 5 }, { seconds: -1, duration: 1 });
  expect(gateway.told).toEqual([["input", { keys: 5, clicks: 0, scrolls: 0 }]]);
  expect((await gateway.call(`${window}/events`)).body).toEqual([]);
  expect((await gateway.call(`${input}/events`)).body).toMatchObject([{ duration: 1, data: {} }]);
});

test("with counts of input off none is kept, and applications go on", async () => {
  const gateway = await openGateway();
  gateway.input.since = null;
  const window = await makeBucket(gateway, "currentwindow");
  const input = await makeBucket(gateway, "os.hid.input", "input");
  await beat(gateway, input, { presses: 5 }, { seconds: -1, duration: 1 });
  const event = { timestamp: at(0), duration: 1, data: {} };
  await gateway.call(`${input}/events`, { body: [event] });
  const exported = { type: "os.hid.input", client: "c", hostname: "h", events: [event] };
  const body = { buckets: [{ id: "input", ...exported }] };
  await gateway.call("/api/0/import", { body });
  await beat(gateway, window, { app: "our-crm", title: "a" });
  expect(gateway.told).toEqual([["window", "crm"]]);
  expect((await gateway.call(`${input}/events`)).body).toEqual([]);
  expect((await gateway.call(`${window}/events/count`)).body).toBe(1);
});

test("counts that reach into a time of which nothing is kept are not handed on", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "os.hid.input");
  gateway.clock.advance(60_000);
  gateway.input.since = gateway.clock.now() - 2000;
  await beat(gateway, path, { presses: 5 }, { seconds: -5, duration: 5 });
  expect(gateway.told).toEqual([]);
  gateway.clock.advance(5000);
  await beat(gateway, path, { presses: 6 }, { seconds: -5, duration: 5 });
  expect(gateway.told).toEqual([["input", { keys: 6, clicks: 0, scrolls: 0 }]]);
});

test("no pulsetime holds a category for longer than a quarter of an hour", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "currentwindow");
  await beat(gateway, path, { app: "our-crm", title: "a" }, { pulsetime: 1e6 });
  gateway.clock.advance(15 * 60_000);
  expect(gateway.told).toEqual([
    ["window", "crm"],
    ["window", null],
  ]);
});
