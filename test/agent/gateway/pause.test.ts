import { expect, test } from "vitest";
import { at, makeBucket, type OpenGateway, openGateway, readFolder } from "./open-gateway.ts";

/** A heartbeat so many seconds after the clock's start, at that time. */
async function beat(
  gateway: OpenGateway,
  path: string,
  seconds: number,
  { pulsetime = 5, duration = 0, data = { app: "our-crm", title: "a" } } = {},
) {
  const body = { timestamp: at(seconds), duration, data };
  return await gateway.call(`${path}/heartbeat?pulsetime=${pulsetime}`, { body });
}

function since(seconds: number): number {
  return Date.parse(at(seconds));
}

test("while nothing is recorded, watchers are answered as usual and nothing stays", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "currentwindow");
  await beat(gateway, path, 0);
  gateway.clock.advance(15_000);
  const before = await gateway.call("/api/0/export");
  const disk = readFolder(gateway.folder);

  gateway.recording.since = null;
  const answer = await beat(gateway, path, 15, { data: { app: "firefox", title: "private" } });
  expect(answer).toMatchObject({
    status: 200,
    body: { id: 2, timestamp: at(15), duration: 0, data: { app: "browser" } },
  });
  const event = { timestamp: at(16), duration: 3, data: { app: "our-crm" } };
  const posted = await gateway.call(`${path}/events`, { body: [event] });
  expect(posted).toMatchObject({ status: 200, body: [{ id: 2, data: { app: "crm" } }] });
  const buckets = { x: { id: "x", type: "t", client: "c", hostname: "h", events: [event] } };
  expect((await gateway.call("/api/0/import", { body: { buckets } })).status).toBe(200);
  gateway.clock.advance(60_000);
  expect((await gateway.call("/api/0/export")).body).toEqual(before.body);
  expect(readFolder(gateway.folder)).toBe(disk);

  gateway.recording.since = since(75);
  expect((await gateway.call("/api/0/export")).body).toEqual(before.body);
  // Numbers go on as if nothing had been: a hole in them would tell of the pause.
  expect((await beat(gateway, path, 75)).body).toMatchObject({ id: 2, timestamp: at(75) });
});

test("nothing merges across a pause, also one in which no watcher reported", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "afkstatus");
  const data = { app: "", title: "", status: "not-afk" };
  await beat(gateway, path, 0, { pulsetime: 185, data });
  gateway.clock.advance(100_000);
  gateway.recording.since = since(90);
  await beat(gateway, path, 100, { pulsetime: 185, data });
  expect((await gateway.call(`${path}/events`)).body).toMatchObject([
    { id: 2, timestamp: at(100), duration: 0 },
    { id: 1, timestamp: at(0), duration: 0 },
  ]);
});

test("what a watcher tells later of the time of a pause is not filled in", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "afkstatus");
  const away = { data: { app: "", title: "", status: "afk" }, pulsetime: 185 };
  await beat(gateway, path, 0, away);
  gateway.recording.since = null;
  gateway.clock.advance(600_000);
  await beat(gateway, path, 10, { ...away, duration: 590 });
  gateway.clock.advance(100_000);
  gateway.recording.since = since(650);
  // Away since 10 s, it says at 700 s: only from 650 s on anything may be known.
  expect((await beat(gateway, path, 10, { ...away, duration: 690 })).body).toMatchObject({
    timestamp: at(650),
    duration: 50,
  });
  // Wholly inside the pause, and told afterwards.
  await beat(gateway, path, 300, { ...away, duration: 10 });
  await gateway.call(`${path}/events`, {
    body: [{ timestamp: at(400), duration: 20, data: { status: "afk" } }],
  });
  expect((await gateway.call(`${path}/events`)).body).toMatchObject([
    { timestamp: at(650), duration: 50 },
    { timestamp: at(0), duration: 0 },
  ]);
});

test("an agent that starts in a pause takes nothing of the time before it ends", async () => {
  const recording = { since: null as number | null };
  const gateway = await openGateway({ recordingSince: () => recording.since });
  const path = await makeBucket(gateway, "afkstatus");
  gateway.clock.advance(60_000);
  recording.since = since(30);
  const data = { app: "", title: "", status: "afk" };
  const told = await beat(gateway, path, -3600, { duration: 3660, data, pulsetime: 185 });
  expect(told.body).toMatchObject({ timestamp: at(30), duration: 30 });
});

test("a bucket made in a pause does not tell when it was made", async () => {
  const gateway = await openGateway();
  gateway.recording.since = null;
  const path = await makeBucket(gateway, "currentwindow");
  gateway.clock.advance(600_000);
  expect(readFolder(gateway.folder)).toBe("");
  gateway.recording.since = since(600);
  await beat(gateway, path, 600);
  expect((await gateway.call(path)).body).toMatchObject({ created: at(600) });
});

test("a watcher that started in a pause finds its bucket after a restart of the agent", async () => {
  const gateway = await openGateway();
  gateway.recording.since = null;
  const path = await makeBucket(gateway, "currentwindow");
  await gateway.stop();
  expect(readFolder(gateway.folder)).not.toContain("2026");
  const again = await openGateway({ folder: gateway.folder });
  expect((await beat(again, path, 10)).status).toBe(200);
});

test("a clock set back into a pause that is over does not stop recording until it catches up", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "currentwindow");
  await beat(gateway, path, 0);
  gateway.recording.since = null;
  await beat(gateway, path, 0);
  gateway.clock.advance(3_600_000);
  gateway.recording.since = since(3600);
  await beat(gateway, path, 3600);
  gateway.clock.jump(-1_800_000);
  await beat(gateway, path, 1800);
  await beat(gateway, path, 1801);
  expect((await gateway.call(`${path}/events/3`)).body).toMatchObject({
    timestamp: at(1800),
    duration: 1,
  });
});

test("a pause counts from when it was seen to when it was seen over, whatever beginning is named", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "currentwindow");
  await beat(gateway, path, 0, { pulsetime: 60 });
  gateway.recording.since = null;
  gateway.clock.advance(20_000);
  await beat(gateway, path, 20, { pulsetime: 60 });
  gateway.recording.since = 0;
  gateway.clock.advance(20_000);
  await beat(gateway, path, 10, { pulsetime: 60, duration: 5 });
  await beat(gateway, path, 40, { pulsetime: 60 });
  expect((await gateway.call(`${path}/events`)).body).toMatchObject([
    { id: 2, timestamp: at(40), duration: 0 },
    { id: 1, timestamp: at(0), duration: 0 },
  ]);
});
