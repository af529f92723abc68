import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Identity } from "#agent/identity";
import type { AgentSocket } from "#agent/server-connection";
import { MAX_RECEIPTS } from "#schema/live";
import { bytesOf, defaultCharterHash, makeBatch, makeSpan } from "#test/server/ingest/batches";
import { ended, greet, type LiveSite, openAgent, sendBatch, startLiveSite } from "./live-site.ts";

let site: LiveSite;
let operator: string;

beforeAll(async () => {
  site = await startLiveSite();
  operator = (await site.addAccount("operator", "olga")).cookie;
});
afterAll(async () => {
  await site.close();
});

async function addAgent(zone = "Europe/Paris") {
  const { person } = await site.addTechnician();
  await site.query("update person set zone = $2 where id = $1", [person, zone]);
  const [{ login }] = await site.query("select login from person where id = $1", [person]);
  const identity = await site.addWorkstation(person);
  return { person, login, identity, ...(await greet(identity)) };
}

async function importHours(lines: string[]) {
  const csv = ["login,date,start,end,breaks", ...lines].join("\n");
  const answer = await fetch(`${site.url}/api/schedules/import`, {
    method: "POST",
    headers: { cookie: operator, origin: site.url, "content-type": "application/json" },
    body: JSON.stringify({ csv }),
  });
  return await answer.json();
}

const hashOf = (fields: Parameters<typeof makeBatch>[0], { workstation }: Identity) =>
  createHash("sha256")
    .update(bytesOf(makeBatch({ workstation, charter: defaultCharterHash, ...fields })))
    .digest("hex");

const ask = (socket: AgentSocket, numbers: readonly (readonly [number, number])[]) =>
  socket.emitWithAck("receipts", { batches: numbers.map(([epoch, seq]) => ({ epoch, seq })) });

const week = { from: "2026-11-23T00:00:00.000+01:00", to: "2026-11-30T00:00:00.000+01:00" };

test("the agreed hours come with the offsets of the person's own zone, and nobody else's with them", async () => {
  const noa = await addAgent("Asia/Jerusalem");
  const ana = await addAgent();
  expect(await noa.socket.emitWithAck("planned", week)).toEqual({ known: false, shifts: [] });
  await importHours([
    `${noa.login},2026-11-25,09:00,17:00,12:30-13:15`,
    `${noa.login},2026-11-26,22:00,06:00,`,
    `${ana.login},2026-11-25,08:00,16:00,`,
  ]);
  expect(await noa.socket.emitWithAck("planned", week)).toEqual({
    known: true,
    shifts: [
      {
        start: "2026-11-25T09:00:00.000+02:00",
        end: "2026-11-25T17:00:00.000+02:00",
        breaks: [{ start: "2026-11-25T12:30:00.000+02:00", end: "2026-11-25T13:15:00.000+02:00" }],
      },
      {
        start: "2026-11-26T22:00:00.000+02:00",
        end: "2026-11-27T06:00:00.000+02:00",
        breaks: [],
      },
    ],
  });
  for (const { socket } of [noa, ana]) socket.disconnect();
});

test("a shift that only touches the window is told whole; one that ends where it begins is not", async () => {
  const { socket, login } = await addAgent();
  await importHours([`${login},2026-11-24,22:00,06:00,`, `${login},2026-11-25,06:00,14:00,`]);
  const starts = async (from: string, to: string) => {
    const window = { from: `2026-11-${from}:00.000+01:00`, to: `2026-11-${to}:00.000+01:00` };
    const { known, shifts } = await socket.emitWithAck("planned", window);
    expect(known).toBe(true);
    return shifts.map(({ start }) => start.slice(8, 13));
  };
  expect(await starts("25T05:59", "25T06:00")).toEqual(["24T22"]);
  expect(await starts("25T05:59", "25T06:01")).toEqual(["24T22", "25T06"]);
  expect(await starts("25T06:00", "25T06:01")).toEqual(["25T06"]);
  // Hours that were given once, and none in this window, are not the same as hours never given.
  expect(await starts("25T14:00", "26T14:00")).toEqual([]);
  socket.disconnect();
});

test("a day of 25 hours is found to its last minute", async () => {
  const { socket, login } = await addAgent();
  await importHours([`${login},2026-10-24,04:00,04:00,`]);
  const window = { from: "2026-10-25T03:59:00.000+01:00", to: "2026-10-25T05:00:00.000+01:00" };
  const { shifts } = await socket.emitWithAck("planned", window);
  expect(shifts).toMatchObject([
    { start: "2026-10-24T04:00:00.000+02:00", end: "2026-10-25T04:00:00.000+01:00" },
  ]);
  socket.disconnect();
});

test("receipts give the hash of the very bytes that were taken, in the order asked, null for what never came", async () => {
  const { socket, identity } = await addAgent();
  const { workstation } = identity;
  for (const seq of [1, 2, 3]) await sendBatch(socket, workstation, { seq });
  expect(await ask(socket, [])).toEqual({ sha256: [] });
  const first = hashOf({ seq: 1 }, identity);
  const asked = [
    [1, 3],
    [1, 9],
    [2, 1],
    [1, 1],
    [1, 1],
    [2_147_483_648, 1],
    [1, Number.MAX_SAFE_INTEGER],
  ] as const;
  expect(await ask(socket, asked)).toEqual({
    sha256: [hashOf({ seq: 3 }, identity), null, null, first, first, null, null],
  });
  expect(first).not.toBe(hashOf({ seq: 3 }, identity));
  socket.disconnect();
});

test("a refused batch and one in conflict leave no other hash behind", async () => {
  const { socket, identity } = await addAgent();
  const { workstation } = identity;
  await sendBatch(socket, workstation);
  const spans = [makeSpan({ label: "other" })];
  expect(await sendBatch(socket, workstation, { spans })).toMatchObject({ status: "conflict" });
  const far = [makeSpan({ end: "2027-01-01T00:00:00.000+01:00" })];
  await sendBatch(socket, workstation, { seq: 2, spans: far });
  const numbers = [
    [1, 1],
    [1, 2],
  ] as const;
  expect(await ask(socket, numbers)).toEqual({ sha256: [hashOf({}, identity), null] });
  socket.disconnect();
});

test("five hundred receipts in one question are answered, one more ends the connection", async () => {
  const { socket, identity } = await addAgent();
  await sendBatch(socket, identity.workstation, { seq: 250 });
  const many = Array.from({ length: MAX_RECEIPTS }, (_, at) => [1, at + 1] as const);
  const { sha256 } = await ask(socket, many);
  expect(sha256).toHaveLength(MAX_RECEIPTS);
  expect(sha256.flatMap((hash, at) => (hash === null ? [] : [[at, hash]]))).toEqual([
    [249, hashOf({ seq: 250 }, identity)],
  ]);
  const batches = [...many, [1, 501] as const].map(([epoch, seq]) => ({ epoch, seq }));
  socket.emit("receipts", { batches }, () => expect.unreachable("it answered"));
  await ended(socket);
});

test("no workstation learns a hash of another, be it a stranger's or the same person's other machine", async () => {
  const mine = await addAgent();
  const stranger = await addAgent();
  const second = await greet(await site.addWorkstation(mine.person));
  await sendBatch(mine.socket, mine.identity.workstation);
  for (const { socket } of [stranger, second])
    expect(await ask(socket, [[1, 1]])).toEqual({ sha256: [null] });
  for (const { socket } of [mine, stranger, second]) socket.disconnect();
});

test("before hello, or with a question that is none, nothing is told and the connection ends", async () => {
  const { identity } = await addAgent();
  const silent = () => expect.unreachable("it answered");
  const early = await openAgent(site.url);
  early.socket.emit("receipts", { batches: [{ epoch: 1, seq: 1 }] }, silent);
  await ended(early.socket);
  const earlier = await openAgent(site.url);
  earlier.socket.emit("planned", week, silent);
  await ended(earlier.socket);
  const long = await greet(identity);
  const days = { from: "2026-11-01T00:00:00.000Z", to: "2026-11-09T00:00:00.001Z" };
  long.socket.emit("planned", days, silent);
  await ended(long.socket);
  const none = await greet(identity);
  none.socket.emit("receipts", { batches: [{ epoch: 0, seq: 1 }] }, silent);
  await ended(none.socket);
});

test("when hours are imported, all machines of those people are told, nobody else's, and only if something changed", async () => {
  const ana = await addAgent();
  const bea = await addAgent();
  const second = await greet(await site.addWorkstation(ana.person));
  const told: string[] = [];
  ana.socket.on("replan", () => told.push("ana"));
  bea.socket.on("replan", () => told.push("bea"));
  second.socket.on("replan", () => told.push("ana's second"));
  // An answer after the import comes behind whatever the import had told: one connection keeps its order.
  const settle = async () => {
    for (const { socket } of [ana, bea, second]) await socket.emitWithAck("planned", week);
  };
  const line = `${ana.login},2026-11-26,09:00,17:00,`;
  expect(await importHours([line])).toMatchObject({ imported: 1 });
  await settle();
  expect(told.toSorted()).toEqual(["ana", "ana's second"]);
  expect(await importHours([line])).toMatchObject({ imported: 0, unchanged: 1 });
  expect(await importHours(["nobody,2026-11-26,09:00,17:00,"])).toMatchObject({ imported: 0 });
  await settle();
  expect(told).toHaveLength(2);
  await importHours([`${bea.login},2026-11-26,09:00,17:00,`]);
  await settle();
  expect(told.at(-1)).toBe("bea");
  expect(told).toHaveLength(3);
  for (const { socket } of [ana, bea, second]) socket.disconnect();
});
