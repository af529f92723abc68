import { expect, test } from "vitest";
import { at, makeBucket, type OpenGateway, openGateway, readFolder } from "./open-gateway.ts";

const data = { app: "our-crm", title: "a" };

async function beat(gateway: OpenGateway, path: string, seconds = 0) {
  const body = { timestamp: at(seconds), data };
  return await gateway.call(`${path}/heartbeat?pulsetime=5`, { body });
}

/** The gateway of the first person, whose watchers have made their buckets, and that of the next one. */
async function changePerson() {
  const first = await openGateway();
  const local = { type: "currentwindow", client: "aw-watcher-window", hostname: "!local" };
  await first.call("/api/0/buckets/window_desk-7", { body: local });
  await beat(first, "/api/0/buckets/window_desk-7");
  const away = await makeBucket(first, "afkstatus", "away_desk-7");
  await first.stop();
  const definitions = first.gateway.definitions();
  return { first, away, definitions, second: await openGateway({ definitions }) };
}

test("after a change of person watchers go on reporting to the buckets they made", async () => {
  const { second, away } = await changePerson();
  const told = await beat(second, "/api/0/buckets/window_desk-7");
  expect(told).toMatchObject({ status: 200, body: { data: { app: "crm" } } });
  const event = { timestamp: at(0), duration: 1, data: { status: "afk" } };
  expect((await second.call(`${away}/events`, { body: [event] })).status).toBe(200);
  const { body: info } = await second.call("/api/0/info");
  expect((await second.call("/api/0/buckets/window_desk-7")).body).toMatchObject({
    ...{ type: "currentwindow", client: "aw-watcher-window", hostname: "desk-7" },
    created: at(0),
    // The next person's own, not what the installation called itself for the one before.
    data: { device_id: (info as { device_id: string }).device_id },
  });
});

test("nothing of the person before is handed over: no event, and no bucket before its watcher reports", async () => {
  const { first, second, definitions } = await changePerson();
  const { body: info } = await first.call("/api/0/info").catch(() => ({ body: null }));
  expect(info).toBeNull();
  expect(JSON.stringify(definitions)).not.toMatch(/crm|2026/);
  expect((await second.call("/api/0/buckets")).body).toEqual({});
  expect((await second.call("/api/0/buckets/window_desk-7")).status).toBe(404);
  await second.stop();
  expect(readFolder(second.folder)).not.toContain("desk-7");
});

test("a bucket nobody reported to is there for whoever comes after that, one that was deleted is not", async () => {
  const { second } = await changePerson();
  await beat(second, "/api/0/buckets/window_desk-7");
  await second.call("/api/0/buckets/window_desk-7?force=1", { method: "DELETE" });
  expect((await beat(second, "/api/0/buckets/window_desk-7")).status).toBe(404);
  const third = await openGateway({ definitions: second.gateway.definitions() });
  expect((await beat(third, "/api/0/buckets/window_desk-7")).status).toBe(404);
  expect((await beat(third, "/api/0/buckets/away_desk-7")).status).toBe(200);
});

test("what watchers bring later of the time before this person was recorded is not kept", async () => {
  const { definitions } = await changePerson();
  const second = await openGateway({ definitions });
  second.clock.advance(3_600_000);
  second.recording.since = second.clock.now();
  const path = "/api/0/buckets/window_desk-7";
  expect((await beat(second, path, 1800)).status).toBe(200);
  expect((await second.call(`${path}/events`)).body).toEqual([]);
  await beat(second, path, 3600);
  expect((await second.call(`${path}/events`)).body).toMatchObject([{ timestamp: at(3600) }]);
});
