import { expect, test } from "vitest";
import { at, makeBucket, type OpenGateway, openGateway } from "./open-gateway.ts";

async function fill(gateway: OpenGateway): Promise<void> {
  const window = await makeBucket(gateway, "currentwindow", "window");
  const tab = await makeBucket(gateway, "web.tab.current", "tab");
  const away = await makeBucket(gateway, "afkstatus", "away");
  const events = (data: Record<string, unknown>) =>
    Array.from({ length: 600 }, (_one, index) => ({ timestamp: at(index), duration: 0.5, data }));
  await gateway.call(`${window}/events`, { body: events({ app: "our-crm", title: "a" }) });
  await gateway.call(`${tab}/events`, { body: events({ url: "https://a.crm.example" }) });
  await gateway.call(`${away}/events`, { body: events({ status: "afk" }).slice(0, 1) });
}

interface Exported {
  buckets: Record<string, { events: { id?: number }[] }>;
}

function withoutIds(body: unknown): unknown {
  const { buckets } = body as Exported;
  return Object.entries(buckets).map(([id, bucket]) => [
    id,
    { ...bucket, events: bucket.events.map(({ id: _id, ...event }) => event) },
  ]);
}

test("an export, imported where nothing is, exports as the same again", async () => {
  const one = await openGateway();
  await fill(one);
  const exported = await one.call("/api/0/export");
  expect(exported.headers.get("content-disposition")).toContain("attachment");
  expect((exported.body as Exported).buckets.window?.events).toHaveLength(600);
  const two = await openGateway();
  expect((await two.call("/api/0/import", { body: exported.body })).status).toBe(200);
  const again = await two.call("/api/0/export");
  expect(withoutIds(again.body)).toEqual(withoutIds(exported.body));
  expect(JSON.stringify(again.body)).toContain('"app":"crm"');
});

test("an import adds to buckets that exist and skips what they held already", async () => {
  const gateway = await openGateway();
  await fill(gateway);
  const { body } = await gateway.call("/api/0/buckets/window/export");
  expect(Object.keys((body as Exported).buckets)).toEqual(["window"]);
  const extra = { timestamp: at(700), duration: 1, data: { title: "x", app: "firefox" } };
  (body as Exported).buckets.window?.events.push(extra as { id?: number });
  await gateway.call("/api/0/import", { body });
  await gateway.call("/api/0/import", { body });
  expect((await gateway.call("/api/0/buckets/window/events/count")).body).toBe(601);
  expect((await gateway.call("/api/0/buckets/window/events?limit=1")).body).toMatchObject([
    { timestamp: at(700), duration: 1, data: { app: "browser" } },
  ]);
});

test("an import from another server leaves out what is no event, and gives ids of its own", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "afkstatus", "mine");
  const event = { timestamp: at(0), duration: 1, data: { status: "afk" } };
  await gateway.call(`${path}/events`, { body: [event] });
  const buckets = [
    {
      ...{
        id: "theirs",
        type: "afkstatus",
        client: "c",
        hostname: "h",
        created: "2020-01-01T00:00:00Z",
      },
      data: { device_id: "abc-1", note: "x" },
      events: [{ id: 1, ...event }, { nonsense: true }, { ...event, duration: -1 }],
    },
  ];
  expect((await gateway.call("/api/0/import", { body: { buckets } })).status).toBe(200);
  expect((await gateway.call("/api/0/buckets/theirs")).body).toMatchObject({
    created: "2020-01-01T00:00:00.000Z",
    data: { device_id: "abc-1" },
  });
  expect((await gateway.call("/api/0/buckets/theirs/events")).body).toEqual([{ id: 2, ...event }]);
  expect((await gateway.call(`${path}/events/1`)).body).toEqual({ id: 1, ...event });
});

test("after an import a heartbeat goes on with its event, unless a later one came in", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "afkstatus", "away");
  const event = (seconds: number) => ({
    ...{ timestamp: at(seconds), duration: 1, data: { status: "afk" } },
  });
  const send = (seconds: number) =>
    gateway.call(`${path}/heartbeat?pulsetime=5`, { body: event(seconds) });
  const take = (seconds: number) => {
    const fields = { id: "away", type: "afkstatus", client: "c", hostname: "h" };
    return gateway.call("/api/0/import", {
      body: { buckets: [{ ...fields, events: [event(seconds)] }] },
    });
  };
  await send(0);
  await take(-100);
  expect((await send(3)).body).toMatchObject({ id: 1, duration: 4 });
  await take(5);
  expect((await send(6)).body).toMatchObject({ id: 4, duration: 1 });
});
