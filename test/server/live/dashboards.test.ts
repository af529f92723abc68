import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Identity } from "#agent/identity";
import type { AgentSocket } from "#agent/server-connection";
import { type ActivityFrame, type ServerToUi, UI_PATH } from "#schema/live";
import { readDay } from "#server/database/person-day";
import { makeMark, makeSpan, NOW } from "#test/server/ingest/batches";
import { ended, greet, type LiveSite, sendBatch, startLiveSite } from "./live-site.ts";
import { NotUpgraded, openRaw } from "./raw-websocket.ts";

interface Anything {
  [event: string]: (...values: unknown[]) => void;
}
interface Dashboard {
  socket: Socket<ServerToUi, Anything>;
  frames: ActivityFrame[];
  next(): Promise<ActivityFrame>;
}

let site: LiveSite;

beforeAll(async () => {
  site = await startLiveSite();
});
afterAll(async () => {
  await site.close();
});

/** Opens a dashboard's connection; throws what the server says when it refuses. */
async function openDashboard(cookie: string, origin: string = site.url): Promise<Dashboard> {
  const socket: Socket<ServerToUi, Anything> = io(site.url, {
    path: UI_PATH,
    transports: ["websocket"],
    reconnection: false,
    forceNew: true,
    extraHeaders: { cookie, origin },
  });
  const frames: ActivityFrame[] = [];
  const waiting: ((frame: ActivityFrame) => void)[] = [];
  socket.on("activity", (frame) => {
    frames.push(frame);
    waiting.shift()?.(frame);
  });
  await new Promise<void>((resolve, reject) => {
    socket.on("connect", resolve);
    socket.on("connect_error", reject);
  });
  return { socket, frames, next: () => new Promise((resolve) => waiting.push(resolve)) };
}

/** A technician at work: session, agent, and the next number to send. */
async function addAtWork() {
  const technician = await site.addTechnician();
  const identity: Identity = await site.addWorkstation(technician.person);
  const { socket }: { socket: AgentSocket } = await greet(identity);
  let seq = 0;
  return {
    ...technician,
    identity,
    send: (fields: Parameters<typeof sendBatch>[2] = {}) => {
      seq += 1;
      return sendBatch(socket, identity.workstation, { seq, ...fields });
    },
    leave: () => socket.disconnect(),
  };
}

test("any origin but the site's own is refused before the connection is made, cookie or not", async () => {
  const { cookie } = await site.addTechnician();
  const { protocol, host } = new URL(site.url);
  const strangers = [
    "https://evil.example",
    "null",
    "",
    `${site.url}.evil.example`,
    `${site.url}/`,
    `${site.url}0`,
    `https://${host}`,
    `${protocol}//evil.example/${host}`,
    `${protocol}//${host}@evil.example`,
    `${site.url}, ${site.url}`,
    site.url.toUpperCase(),
  ];
  for (const origin of strangers)
    await expect(openRaw(site.url, UI_PATH, { origin, cookie }), origin).rejects.toThrow(
      NotUpgraded,
    );
  await expect(openRaw(site.url, UI_PATH, { cookie })).rejects.toThrow(NotUpgraded);
  const own = await openRaw(site.url, UI_PATH, { origin: site.url, cookie });
  own.destroy();
});

test("without a living session the connection is refused", async () => {
  const { cookie } = await site.addTechnician();
  const ours = cookie.slice(cookie.indexOf("=") + 1);
  for (const bad of [
    "",
    "__Host-etabli=",
    `__Host-etabli=${"A".repeat(43)}`,
    `etabli=${ours}`,
    `__Host-etabli=${ours}x`,
    `__Host-etabli=${ours.toLowerCase()}`,
    `__Host-etabli="; select 1`,
  ])
    await expect(openDashboard(bad), bad).rejects.toThrow("not_signed_in");
  const good = await openDashboard(cookie);
  good.socket.disconnect();
});

test("a frame shows what was stored exactly as the day then gives it back", async () => {
  const at = await addAtWork();
  const dashboard = await openDashboard(at.cookie);
  const arrived = dashboard.next();
  await at.send({
    spans: [
      makeSpan({
        start: "2026-11-25T08:30:00.000Z",
        label: "PS",
        task: "C-1",
        origin: "imposed",
        allotted: 300,
      }),
      makeSpan({
        kind: "focus",
        label: "crm",
        end: "2026-11-25T10:00:00.000+02:00",
        start: "2026-11-25T09:00:00.000+02:00",
      }),
    ],
    marks: [
      makeMark({ until: "2026-11-25T08:40:00.000-00:00", label: "system" }),
      makeMark({
        kind: "deadline",
        at: "2026-11-25T08:32:00.000Z",
        due: "2026-12-01T00:00:00.000Z",
        remaining: 12.5,
      }),
    ],
  });
  const frame = await arrived;
  const day = await readDay(site.store, at.person, NOW, "2026-11-25");
  expect(new Set(frame.spans)).toEqual(new Set(day.spans));
  expect(new Set(frame.marks)).toEqual(new Set(day.marks));
  expect(frame.spans).toHaveLength(2);
  dashboard.socket.disconnect();
  at.leave();
});

test("each technician sees their own frames, in all open pages, and nobody else's", async () => {
  const [ana, ben] = [await addAtWork(), await addAtWork()];
  const [first, second, other] = await Promise.all([
    openDashboard(ana.cookie),
    openDashboard(ana.cookie),
    openDashboard(ben.cookie),
  ]);
  const shown = [first.next(), second.next()];
  await ana.send({ spans: [makeSpan({ label: "anas" })] });
  for (const frame of await Promise.all(shown)) expect(frame.spans[0]?.label).toBe("anas");
  const bens = other.next();
  await ben.send({ spans: [makeSpan({ label: "bens" })] });
  expect((await bens).spans[0]?.label).toBe("bens");
  // Frames come in order: had any of the other's come, it would have come before.
  expect(other.frames).toHaveLength(1);
  expect(first.frames).toHaveLength(1);
  for (const { socket } of [first, second, other]) socket.disconnect();
  ana.leave();
  ben.leave();
});

test("what is refused, in conflict or there already is not shown", async () => {
  const at = await addAtWork();
  const dashboard = await openDashboard(at.cookie);
  const arrived = dashboard.next();
  await at.send({ spans: [makeSpan({ label: "once" })] });
  await arrived;
  await at.send({ seq: 1, spans: [makeSpan({ label: "once" })] });
  await at.send({ seq: 1, spans: [makeSpan({ label: "other" })] });
  await at.send({ charter: "0".repeat(64) });
  const last = dashboard.next();
  await at.send({ spans: [makeSpan({ label: "last" })] });
  await last;
  expect(dashboard.frames.map(({ spans }) => spans[0]?.label)).toEqual(["once", "last"]);
  dashboard.socket.disconnect();
  at.leave();
});

test("no other role is ever shown a frame", async () => {
  const at = await addAtWork();
  const own = await openDashboard(at.cookie);
  const others: Dashboard[] = [];
  for (const role of ["health", "representative", "employer", "operator"] as const) {
    const { cookie } = await site.addAccount(role, `${role}-live`);
    others.push(await openDashboard(cookie));
  }
  const any: unknown[] = [];
  for (const { socket } of others) socket.onAny((...values) => any.push(values));
  for (let round = 0; round < 5; round++) {
    const arrived = own.next();
    await at.send();
    await arrived;
  }
  // Whatever was sent to them before is here before the answer to a round trip of their own.
  for (const { socket } of others) await roundTrip(socket);
  expect(any).toEqual([]);
  for (const { socket } of [own, ...others]) socket.disconnect();
  at.leave();
});

/** Waits until the server has answered something that was asked after all that came before: a namespace it refuses. */
function roundTrip(socket: Socket<ServerToUi, Anything>): Promise<void> {
  const probe = socket.io.socket("/no-such-namespace");
  return new Promise((resolve) => {
    probe.on("connect_error", () => resolve());
    probe.connect();
  });
}

test("nothing a page sends does anything: no event, no room, no name", async () => {
  const [ana, eve] = [await addAtWork(), await addAtWork()];
  const spy = await openDashboard(eve.cookie);
  const room = `person:${ana.person}`;
  for (const event of [
    "join",
    "subscribe",
    "room",
    "activity",
    "hello",
    "batch",
    "stored",
    "person",
    room,
  ])
    for (const value of [room, { room }, { person: ana.person }, [room], ana.person, null])
      spy.socket.emit(event, value, () => expect.unreachable(`${event} was answered`));
  await roundTrip(spy.socket);
  await ana.send();
  const own = spy.next();
  await eve.send({ spans: [makeSpan({ label: "eves" })] });
  expect((await own).spans[0]?.label).toBe("eves");
  expect(spy.frames).toHaveLength(1);
  spy.socket.disconnect();
  ana.leave();
  eve.leave();
});

test("an agent's socket is no dashboard and a dashboard's no agent", async () => {
  const at = await addAtWork();
  const dashboard = await openDashboard(at.cookie);
  dashboard.socket.emit("batch", new Uint8Array([123, 125]), () => expect.unreachable());
  await roundTrip(dashboard.socket);
  expect(dashboard.socket.connected).toBe(true);
  dashboard.socket.emit("batch", new Uint8Array(5_000));
  await ended(dashboard.socket);
  at.leave();
});

test("signing out closes the pages of that session and leaves the others open", async () => {
  const at = await addAtWork();
  const here = await openDashboard(at.cookie);
  const elsewhere = await site.addTechnician();
  const other = await openDashboard(elsewhere.cookie);
  const answer = await fetch(`${site.url}/api/session`, {
    method: "DELETE",
    headers: { cookie: at.cookie, origin: site.url, "content-type": "application/json" },
    body: "{}",
  });
  expect(answer.ok).toBe(true);
  await ended(here.socket);
  expect(other.socket.connected).toBe(true);
  await expect(openDashboard(at.cookie)).rejects.toThrow("not_signed_in");
  other.socket.disconnect();
  at.leave();
});

test("a session that ends while its page connects leaves no connection behind", async () => {
  for (let round = 0; round < 10; round++) {
    const { cookie, account } = await site.addTechnician();
    const opening = openDashboard(cookie).then(
      (dashboard) => ended(dashboard.socket),
      () => undefined,
    );
    // Without the server being told, as when another server of the same site ends it.
    await site.query("delete from session where account = $1", [account]);
    await opening;
  }
});
