import { expect, test } from "vitest";
import { at, makeBucket, type OpenGateway, openGateway } from "./open-gateway.ts";

async function ask(
  gateway: OpenGateway,
  query: string | string[],
  period = `${at(0)}/${at(3600)}`,
) {
  const lines = Array.isArray(query) ? query : [query];
  return await gateway.call("/api/0/query/", { body: { timeperiods: [period], query: lines } });
}

async function result(gateway: OpenGateway, query: string | string[], period?: string) {
  const { body, status } = await ask(gateway, query, period);
  expect(body).toEqual(expect.any(Array));
  expect(status).toBe(200);
  return (body as unknown[])[0];
}

/** [start second, seconds, category or status] */
type Row = [start: number, duration: number, said: string];

async function fill(gateway: OpenGateway, id: string, rows: Row[]): Promise<void> {
  const isAway = id.includes("afk");
  const path = await makeBucket(gateway, isAway ? "afkstatus" : "currentwindow", id);
  const events = rows.map(([start, duration, said]) => ({
    timestamp: at(start),
    duration,
    data: isAway ? { status: said } : { app: said, title: `${start}` },
  }));
  await gateway.call(`${path}/events`, { body: events });
}

function rowsOf(events: unknown): Row[] {
  const list = events as { timestamp: string; duration: number; data: Record<string, string> }[];
  return list.map(({ timestamp, duration, data }) => [
    (Date.parse(timestamp) - Date.parse(at(0))) / 1000,
    duration,
    data.app ?? data.status ?? "",
  ]);
}

test("the usual query: time by application while somebody was there", async () => {
  const gateway = await openGateway();
  await fill(gateway, "aw-watcher-window_desk-7", [
    [0, 60, "our-crm"],
    [60, 30, "firefox"],
    [90, 60, "our-crm"],
  ]);
  await fill(gateway, "aw-watcher-afk_desk-7", [
    [0, 80, "not-afk"],
    [80, 30, "afk"],
    [110, 100, "not-afk"],
  ]);
  const answer = await result(gateway, [
    'events = flood(query_bucket(find_bucket("aw-watcher-window_", "desk-7")));',
    "# only while somebody was there",
    'not_afk = flood(query_bucket(find_bucket("aw-watcher-afk_")));',
    'not_afk = filter_keyvals(not_afk, "status", ["not-afk"]);',
    "events = filter_period_intersect(events, not_afk);",
    'by_app = sort_by_duration(merge_events_by_keys(events, ["app", "title"]));',
    'RETURN = {"by_app": by_app, "seconds": sum_durations(events), "n": [1, "a", true]};',
  ]);
  expect(answer).toMatchObject({ seconds: 180 - 30 - 30 + 0, n: [1, "a", true] });
  expect(rowsOf((answer as { by_app: unknown }).by_app)).toEqual([
    [0, 100, "crm"],
    [60, 20, "browser"],
  ]);
});

test("events are cut to the period that is asked for, and counted in it", async () => {
  const gateway = await openGateway();
  await fill(gateway, "w", [
    [0, 100, "our-crm"],
    [200, 10, "firefox"],
  ]);
  const period = `${at(50)}/${at(205)}`;
  expect(rowsOf(await result(gateway, 'RETURN = query_bucket("w");', period))).toEqual([
    [200, 5, "browser"],
    [50, 50, "crm"],
  ]);
  expect(
    await result(gateway, 'RETURN = query_bucket_eventcount("w");', `${at(150)}/${at(300)}`),
  ).toBe(1);
  expect(await result(gateway, "RETURN = query_bucket_names();")).toEqual(["w"]);
  expect(await result(gateway, "RETURN = TIMEINTERVAL;")).toBe(`${at(0)}/${at(3600)}`);
});

test("flood closes gaps of five seconds by the longer neighbour, and makes equal neighbours one", async () => {
  const gateway = await openGateway();
  await fill(gateway, "w", [
    [0, 10, "our-crm"],
    [14, 3, "firefox"],
    [20, 30, "our-crm"],
    [55, 10, "our-crm"],
    [64.95, 20, "firefox"],
    [95, 0, "our-crm"],
    [100, 10, "our-crm"],
    [105, 10, "our-crm"],
  ]);
  expect(rowsOf(await result(gateway, 'RETURN = flood(query_bucket("w"));'))).toEqual([
    [0, 14, "crm"],
    [14, 3, "browser"],
    // Back to the end of the shorter one, over the gap to its equal, and off the overlap of 0.05 s.
    [17, 47.95, "crm"],
    [64.95, 20, "browser"],
    [95, 20, "crm"],
  ]);
});

test("the other functions do what their names say", async () => {
  const gateway = await openGateway();
  await fill(gateway, "w", [
    [0, 10, "our-crm"],
    [5, 10, "firefox"],
    [30, 2, "our-crm"],
  ]);
  const run = async (expression: string) =>
    rowsOf(await result(gateway, `e = query_bucket("w"); RETURN = ${expression}`));
  expect(await run("sort_by_timestamp(e)")).toEqual([
    [0, 10, "crm"],
    [5, 10, "browser"],
    [30, 2, "crm"],
  ]);
  expect(await run("limit_events(sort_by_duration(e), 1)")).toEqual([[5, 10, "browser"]]);
  expect(await run('exclude_keyvals(e, "app", ["crm"])')).toEqual([[5, 10, "browser"]]);
  expect(await run("period_union(e, [])")).toEqual([
    [0, 15, ""],
    [30, 2, ""],
  ]);
  expect(await run("concat(limit_events(e, 1), limit_events(e, 1))")).toEqual([
    [30, 2, "crm"],
    [30, 2, "crm"],
  ]);
  expect(await run('filter_keyvals(e, "title", ["0"])')).toEqual([]);
});

test("what a query cannot have is refused with a reason", async () => {
  const gateway = await openGateway();
  await fill(gateway, "w", [[0, 1, "our-crm"]]);
  const wrong: [string, string][] = [
    ["RETURN = categorize([], []);", "no function categorize"],
    ["RETURN = events;", "no name events"],
    ["events = [];", "end with RETURN"],
    ["", "end with RETURN"],
    ["RETURN = flood(;", "word 5"],
    ["RETURN = flood(", "in the middle"],
    ["RETURN = flood(1);", "argument 1 must be a list of events"],
    ["RETURN = flood();", "argument 1 must be"],
    ["RETURN = [1] [2];", "word 6"],
    ["RETURN = 1 + 1;", "character 12"],
    ["RETURN = {a: 1};", "word 4"],
    ['RETURN = query_bucket("none");', "no such bucket"],
    ['RETURN = find_bucket("none");', "no such bucket"],
    [`RETURN = ${"[".repeat(60)}${"]".repeat(60)};`, "nested too deep"],
    [`a = [1, 1]; ${"a = [a, a]; ".repeat(40)} RETURN = a;`, "more than is answered"],
    [
      `a = query_bucket("w"); ${"a = concat(a, a); ".repeat(40)} RETURN = 1;`,
      "more than is answered",
    ],
  ];
  for (const [query, words] of wrong) {
    const { status, body } = await ask(gateway, query);
    expect(body, query).toEqual({ message: expect.stringContaining(words) });
    expect(status, query).toBe(400);
  }
  expect((await ask(gateway, "RETURN = 1;", "yesterday")).status).toBe(400);
  const text = String.raw`RETURN = "a\"b" ;`;
  expect(await result(gateway, text)).toBe('a"b');
});
