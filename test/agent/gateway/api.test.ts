import { expect, test } from "vitest";
import { at, makeBucket, openGateway } from "./open-gateway.ts";

const bucket = { type: "currentwindow", client: "aw-watcher-window", hostname: "desk-7" };

test("a bucket is made once; made again it is answered with 304, as clients expect", async () => {
  const gateway = await openGateway();
  const path = "/api/0/buckets/aw-watcher-window_desk-7";
  expect((await gateway.call(path, { body: { ...bucket, id: "another" } })).status).toBe(200);
  expect((await gateway.call(path, { body: bucket })).status).toBe(304);
  const { body } = await gateway.call("/api/0/buckets/");
  expect(body).toEqual({
    "aw-watcher-window_desk-7": {
      ...bucket,
      id: "aw-watcher-window_desk-7",
      name: null,
      created: "2026-11-25T08:30:00.000Z",
      data: {},
      metadata: { start: null, end: null },
      last_updated: null,
    },
  });
});

test("a bucket for !local gets this machine's name and device, and no other data are kept of it", async () => {
  const gateway = await openGateway();
  const path = "/api/0/buckets/aw-watcher-web";
  await gateway.call(path, { body: { ...bucket, hostname: "!local", data: { title: "Mine" } } });
  const info = await gateway.call("/api/0/info");
  expect(info.body).toMatchObject({ hostname: "desk-7", testing: false });
  const { device_id: device } = info.body as { device_id: string };
  expect((await gateway.call(path)).body).toMatchObject({
    hostname: "desk-7",
    data: { device_id: device },
  });
});

test("every path is served with and without a slash at its end", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "afkstatus");
  const body = { timestamp: at(0), duration: 0, data: { status: "afk" } };
  for (const end of ["", "/"]) {
    expect((await gateway.call(`${path}/heartbeat${end}?pulsetime=5`, { body })).status).toBe(200);
    expect((await gateway.call(`${path}/events${end}`, { body: [body] })).status).toBe(200);
    expect((await gateway.call(`/api/0/settings/theme${end}`, { body: { a: 1 } })).status).toBe(
      201,
    );
    expect((await gateway.call(`/api/0/import${end}`, { body: { buckets: {} } })).status).toBe(200);
    const query = { timeperiods: [`${at(0)}/${at(1)}`], query: ["RETURN = 1;"] };
    expect((await gateway.call(`/api/0/query${end}`, { body: query })).body).toEqual([1]);
    for (const read of [
      ...["/api/0/info", "/api/0/buckets", "/api/0/export", "/api/0/settings", path],
      ...["/api/0/settings/theme", `${path}/export`, `${path}/events`, `${path}/events/count`],
      `${path}/events/1`,
    ])
      expect((await gateway.call(read + end)).status, read + end).toBe(200);
  }
});

test("events can be replaced by their id, read by time, one alone, counted and deleted", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "afkstatus");
  const event = (seconds: number, status = "afk") => ({
    timestamp: at(seconds),
    duration: 10,
    data: { status },
  });
  const made = await gateway.call(`${path}/events`, { body: [event(0), event(20), event(40)] });
  expect(made.body).toEqual([
    { id: 1, ...event(0) },
    { id: 2, ...event(20) },
    { id: 3, ...event(40) },
  ]);
  const changed = { id: 2, ...event(21, "not-afk") };
  expect((await gateway.call(`${path}/events`, { body: [changed] })).body).toEqual([changed]);
  expect((await gateway.call(`${path}/events/2`)).body).toEqual(changed);
  expect((await gateway.call(`${path}/events?limit=2`)).body).toEqual([
    { id: 3, ...event(40) },
    changed,
  ]);
  const range = `start=${at(5)}&end=${encodeURIComponent("2026-11-25T09:30:25+01:00")}`;
  expect((await gateway.call(`${path}/events?${range}`)).body).toEqual([
    { ...changed, duration: 4 },
    { id: 1, ...event(5), duration: 5 },
  ]);
  expect((await gateway.call(`${path}/events/count?${range}`)).body).toBe(2);
  expect((await gateway.call(`${path}/events/2`, { method: "DELETE" })).body).toEqual({
    success: true,
  });
  expect((await gateway.call(`${path}/events/2`)).status).toBe(404);
  expect((await gateway.call(`${path}/events/count`)).body).toBe(2);
  expect((await gateway.call(`${path}?force=1`, { method: "DELETE" })).status).toBe(200);
  expect((await gateway.call(path)).status).toBe(404);
});

test("another bucket's event is not replaced by naming its id", async () => {
  const gateway = await openGateway();
  const one = await makeBucket(gateway, "afkstatus", "one");
  const two = await makeBucket(gateway, "afkstatus", "two");
  const event = { timestamp: at(0), duration: 1, data: { status: "afk" } };
  await gateway.call(`${one}/events`, { body: [event] });
  expect((await gateway.call(`${two}/events`, { body: [{ id: 1, ...event }] })).body).toEqual([
    { id: 2, ...event },
  ]);
  expect((await gateway.call(`${one}/events/1`)).status).toBe(200);
});

test("what cannot be understood is refused in words that quote nothing of it", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "currentwindow");
  const secret = "Zorglub-dossier";
  const event = { timestamp: at(0), duration: 1, data: { title: secret } };
  const refused: [string, Parameters<typeof gateway.call>[1], number, string][] = [
    [`${path}/heartbeat`, { body: event }, 400, "pulsetime"],
    [`${path}/heartbeat?pulsetime=x`, { body: event }, 400, "pulsetime"],
    [`${path}/heartbeat?pulsetime=1`, { body: { ...event, duration: -1 } }, 400, "negative"],
    [`${path}/heartbeat?pulsetime=1`, { body: { ...event, timestamp: secret } }, 400, "RFC 3339"],
    [`${path}/heartbeat?pulsetime=1`, { body: [event] }, 400, "expected"],
    [`${path}/heartbeat?pulsetime=1`, { body: `{"title":"${secret}` }, 400, "not JSON"],
    [`${path}/events`, { body: [{ ...event, data: secret }] }, 400, "expected"],
    [`${path}/events?start=${secret}`, {}, 400, "start must be"],
    [`${path}/events?limit=${secret}`, {}, 400, "limit must be"],
    [`${path}/events/99`, {}, 404, "no such event"],
    [`/api/0/buckets/${secret}/events`, {}, 404, "no such bucket"],
    [`/api/0/buckets/${secret}`, { method: "DELETE" }, 404, "no such bucket"],
    [`/api/0/buckets/%3C${secret}%3E`, { body: bucket }, 400, "id of a bucket"],
    [`/api/0/buckets/x`, { body: { ...bucket, client: `<${secret}>` } }, 400, "client"],
    [`/api/0/settings/${"k".repeat(128)}`, { body: 1 }, 400, "128"],
    [`/api/0/${secret}`, {}, 404, "no such address"],
  ];
  for (const [address, options, status, words] of refused) {
    const answer = await gateway.call(address, options);
    expect(answer.status, address).toBe(status);
    expect(answer.body, address).toEqual({ message: expect.stringContaining(words) });
    expect(JSON.stringify(answer.body), address).not.toContain(secret);
  }
  expect(gateway.told).toEqual([]);
});

test("only JSON is taken, and not more than a megabyte of it", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "currentwindow");
  const headers = { "content-type": "text/plain" };
  const beat = `${path}/heartbeat?pulsetime=1`;
  expect((await gateway.call(beat, { body: "{}", headers })).status).toBe(415);
  const data = { title: "x".repeat(1024 * 1024) };
  expect((await gateway.call(beat, { body: { timestamp: at(0), data } })).status).toBe(413);
  const deep = `{"timestamp":"${at(0)}","data":{"a":${"[".repeat(50_000)}${"]".repeat(50_000)}}}`;
  expect((await gateway.call(beat, { body: deep })).status).toBe(400);
  expect((await gateway.call(`${path}/events/count`)).body).toBe(0);
});

test("settings are kept while the agent runs", async () => {
  const gateway = await openGateway();
  expect((await gateway.call("/api/0/settings/theme")).body).toBeNull();
  await gateway.call("/api/0/settings/theme", { body: { dark: true } });
  expect((await gateway.call("/api/0/settings")).body).toEqual({ theme: { dark: true } });
  await gateway.call("/api/0/settings/theme", { method: "DELETE" });
  expect((await gateway.call("/api/0/settings/")).body).toEqual({});
});
