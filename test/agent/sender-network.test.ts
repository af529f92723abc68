import { connect, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { openOutbox } from "#agent/outbox";
import { startSender } from "#agent/sender";
import { formatTimestamp } from "#schema/time";
import { makeContext, makeSpan } from "./factories.ts";
import { makeFolder } from "./folder.ts";
import { makeWorkstation, until } from "./make-workstation.ts";

type Act = (socket: Socket) => void;

const httpAnswer =
  (status: string, ...headers: string[]): Act =>
  (socket) => {
    const head = [`HTTP/1.1 ${status}`, "content-length: 0", "connection: close", ...headers];
    socket.once("data", () => socket.end(`${head.join("\r\n")}\r\n\r\n`));
  };
const reset: Act = (socket) => void socket.resetAndDestroy();
const hangUp: Act = (socket) => void socket.end();
const silence: Act = () => {};
const garbage: Act = (socket) => void socket.once("data", () => socket.end("\u0000\u0001\r\n\r\n"));

/** A proxy before the site that does these things to connections in turn, and then lets them through. */
async function startFront(target: string, acts: Act[]) {
  const open = new Set<Socket>();
  const front = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => {});
    const act = acts.shift();
    if (act) return act(socket);
    const site = connect(Number(new URL(target).port), "127.0.0.1");
    open.add(site);
    site.on("error", () => socket.destroy());
    socket.pipe(site).pipe(socket);
  });
  await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    front.close();
  });
  const address = front.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${address.port}`;
}

test("whatever a proxy or a broken site answers, waits grow, and in the end everything arrives once", async () => {
  const acts = [
    httpAnswer("500 Internal Server Error"),
    httpAnswer("502 Bad Gateway"),
    httpAnswer("503 Service Unavailable", "retry-after: 120"),
    httpAnswer("429 Too Many Requests", "retry-after: Wed, 25 Nov 2026 09:00:00 GMT"),
    httpAnswer("429 Too Many Requests", "retry-after: -1"),
    httpAnswer("401 Unauthorized"),
    httpAnswer("301 Moved Permanently", "location: http://192.0.2.1/"),
    httpAnswer("200 OK"),
    reset,
    hangUp,
    garbage,
    silence,
  ];
  const count = acts.length;
  const workstation = await makeWorkstation();
  const { site, outbox, clock, states, seal } = workstation;
  const server = await startFront(site.server, acts);
  seal(3);
  const sender = workstation.start({ server });
  const waits: number[] = [];
  for (let n = 1; n <= count; n += 1) {
    // A connection that was taken and then says nothing is given up by our own clock.
    if (n === count) {
      await until(() => acts.length === 0);
      clock.advance(15_000);
    }
    await until(() => states.filter(({ kind }) => kind === "waiting").length === n);
    waits.push(clock.nextDue() ?? 0);
    clock.advance(clock.nextDue() ?? 0);
  }
  await sender.flushed();
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  expect(waits[0]).toBe(999);
  expect(waits.at(-1)).toBeLessThanOrEqual(300_000);
  expect([site.stored.size, site.received.length]).toEqual([3, 3]);
  expect(outbox.counts()).toMatchObject({ sealed: 0, dead: 0, gaps: [] });
});

test("72 hours without a site and two restarts: everything arrives in order, quickly, and in little memory", {
  timeout: 120_000,
}, async () => {
  const workstation = await makeWorkstation();
  const { site, clock } = workstation;
  const folder = makeFolder();
  let outbox = openOutbox(folder, { clock });
  outbox.adoptEpoch(1);
  const seal = () => {
    const sealedAt = formatTimestamp(clock.now(), 60);
    while (outbox.seal({ ...makeContext(), sealedAt }, { holdBackMs: 15 * 60_000 }));
  };
  /** Minutes in which the agent looks at its clock, as it does several times in each. */
  const pass = (minutes: number) => {
    for (let n = 0; n < minutes; n += 1) {
      clock.advance(60_000);
      outbox.listOpen(1);
    }
  };
  let next = 0;
  for (let step = 1; step <= 432; step += 1) {
    const start = clock.now();
    pass(10);
    const spans = Array.from({ length: 40 }, (_, n) => {
      const begun = start + n * 15_000;
      const times = { start: formatTimestamp(begun, 60), end: formatTimestamp(begun + 14_000, 60) };
      return makeSpan({ task: String(next + n), ...times });
    });
    next += spans.length;
    outbox.addAll({ spans });
    seal();
    if (step % 150 !== 0) continue;
    await outbox.close();
    outbox = openOutbox(folder, { clock });
    expect(outbox.loss).toBe(null);
  }
  pass(15);
  seal();
  expect(next).toBeGreaterThan(17_000);
  const before = process.memoryUsage().rss;
  const begun = performance.now();
  const welcome = site.welcome;
  site.welcome = (hello) => ({ ...Object(welcome(hello)), time: formatTimestamp(clock.now(), 0) });
  const { identity } = workstation;
  const options = { server: site.server, identity, outbox, clock, random: () => 0, log: () => {} };
  const sender = startSender(options);
  await sender.flushed();
  expect(performance.now() - begun).toBeLessThan(5 * 60_000);
  await sender.stop();
  await outbox.close();
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
  const seqs = site.received.map(({ batch }) => batch.seq);
  expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  const tasks = site.received.flatMap(({ batch }) => batch.spans.map(({ task }) => Number(task)));
  expect(tasks).toEqual(Array.from({ length: next }, (_, n) => n));
});
