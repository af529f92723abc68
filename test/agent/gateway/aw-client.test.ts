import { AWClient } from "aw-client";
import { expect, test } from "vitest";
import { openGateway } from "./open-gateway.ts";

/*
 * The client library of ActivityWatch, unchanged, against the gateway. The first group of tests asks what the library's
 * own test suite asks of a server, except for what a redacting server cannot answer.
 */

const bucket = "aw-client-js-test";

async function connect(type = "test") {
  const gateway = await openGateway();
  const client = new AWClient("aw-client-js-unittest", { baseURL: gateway.address });
  await client.ensureBucket(bucket, type, "unknown");
  return { gateway, client };
}

test("ensureBucket makes a bucket, and is content with one that exists", async () => {
  const { client } = await connect();
  expect(await client.ensureBucket("other", "test", "unknown")).toEqual({ alreadyExist: false });
  expect(await client.ensureBucket("other", "test", "unknown")).toEqual({ alreadyExist: true });
  const info = await client.getInfo();
  expect(info).toMatchObject({ hostname: "desk-7", testing: false });
});

test("buckets are made, described, listed and deleted", async () => {
  const { client } = await connect();
  const info = await client.getBucketInfo(bucket);
  expect(info.created).toBeInstanceOf(Date);
  expect(info).toMatchObject({ client: "aw-client-js-unittest", data: {} });
  expect(Object.keys(await client.getBuckets())).toEqual([bucket]);
  await client.deleteBucket(bucket);
  expect(await client.getBuckets()).toEqual({});
});

test("an event is inserted, read back, replaced and deleted", async () => {
  const { client } = await connect("afkstatus");
  const event = {
    timestamp: new Date("2026-11-25T08:30:00.123Z"),
    duration: 0,
    data: { status: "afk" },
  };
  await client.insertEvent(bucket, event);
  const [inserted] = await client.getEvents(bucket, { limit: 1 });
  expect(inserted).toEqual({ id: 1, ...event });
  await client.replaceEvent(bucket, { ...event, id: 1, data: { status: "not-afk" } });
  const replaced = await client.getEvent(bucket, 1);
  expect(replaced.timestamp.toISOString()).toBe("2026-11-25T08:30:00.123Z");
  expect(replaced.data).toEqual({ status: "not-afk" });
  await client.insertEvents(bucket, [event, event]);
  expect(await client.countEvents(bucket)).toBe(3);
  await client.deleteEvent(bucket, 1);
  expect(await client.countEvents(bucket, new Date(0), new Date())).toBe(2);
});

test("ten heartbeats that say the same become one event", async () => {
  const { client } = await connect();
  const beats = Array.from({ length: 10 }, (_one, index) =>
    client.heartbeat(bucket, 5, {
      timestamp: new Date(Date.parse("2026-11-25T08:30:00Z") + index),
      duration: 0,
      data: { label: "this is a test label" },
    }),
  );
  await Promise.all(beats);
  expect(await client.getEvents(bucket)).toEqual([
    { id: 1, timestamp: new Date("2026-11-25T08:30:00Z"), duration: 0.009, data: {} },
  ]);
});

test("a query gives the events of each of its periods, however old they are", async () => {
  const { client } = await connect();
  const days = ["2022-01-01", "2022-01-02", "2022-01-03"].map((day) => new Date(day));
  for (const timestamp of days)
    await client.heartbeat(bucket, 5, { timestamp, duration: 0, data: { label: "test" } });
  const [first = new Date(), second = new Date(), third = new Date()] = days;
  const query = [`bucket="${bucket}";`, "RETURN=query_bucket(bucket);"];
  const periods = [
    { start: first, end: second },
    `${second.toISOString()}/${third.toISOString()}`,
    { start: new Date("1980-1-1"), end: new Date("1980-1-2") },
  ];
  const times = (await client.query(periods, query)).map((events: { timestamp: string }[]) =>
    events.map(({ timestamp }) => timestamp.slice(0, 10)),
  );
  expect(times).toEqual([["2022-01-02", "2022-01-01"], ["2022-01-03", "2022-01-02"], []]);
  await client.heartbeat(bucket, 5, { timestamp: new Date("1980-1-1"), data: { label: "test" } });
  expect((await client.query(periods.slice(2), query))[0]).toHaveLength(1);
});

test("settings are set and read", async () => {
  const { client } = await connect();
  await client.set_setting("classes", { rules: [] });
  expect(await client.get_setting("classes")).toEqual({ rules: [] });
  expect(await client.get_settings()).toEqual({ classes: { rules: [] } });
});

test("a window watcher's events come back as categories", async () => {
  const { client, gateway } = await connect("currentwindow");
  const beat = (second: number, app: string, title: string) =>
    client.heartbeat(bucket, 2, {
      timestamp: new Date(gateway.clock.now() + second * 1000),
      duration: 0,
      data: { app, title },
    });
  await beat(0, "our-crm", "Madame Durand, 42 rue Neuve");
  await beat(1, "our-crm", "Madame Durand, 42 rue Neuve");
  await beat(2, "our-crm", "Monsieur Petit");
  await beat(3, "Firefox", "News");
  expect((await client.getEvents(bucket)).map(({ duration, data }) => [duration, data])).toEqual([
    [0, { app: "browser" }],
    [0, { app: "crm" }],
    [1, { app: "crm" }],
  ]);
});
