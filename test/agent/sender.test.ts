import { afterEach, expect, test } from "vitest";
import { openOutbox } from "#agent/outbox";
import { type SenderOptions, type SenderState, startSender } from "#agent/sender";
import type { Ack } from "#schema/batch";
import { makeContext, makeIdentity, makeSpan } from "./factories.ts";
import { makeFolder } from "./folder.ts";
import { makeManualClock } from "./manual-clock.ts";
import { answer, charter, hangUp, silence, startSiteDouble } from "./site-double.ts";

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** Waits for something a real socket brings, without a fixed wait; a test that hangs is ended by vitest. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

async function makeWorkstation(options: Partial<SenderOptions> = {}) {
  const site = await startSiteDouble();
  endings.push(() => site.close());
  const outbox = openOutbox(makeFolder());
  endings.push(() => outbox.close());
  const clock = makeManualClock();
  const { identity, publicKey } = makeIdentity(site.server);
  site.publicKey = publicKey;
  const states: SenderState[] = [];
  const acks: Ack[] = [];
  const lines: string[] = [];
  const start = () => {
    const sender = startSender({
      server: site.server,
      identity,
      outbox,
      clock,
      random: () => 0.999,
      log: (line) => lines.push(line),
      onAck: (_batch, ack) => acks.push(ack),
      onState: (state) => states.push(state),
      ...options,
    });
    endings.push(() => sender.stop());
    return sender;
  };
  const seal = (count: number) => {
    for (let n = 0; n < count; n += 1) {
      outbox.add({ spans: [makeSpan()] });
      outbox.seal(makeContext());
    }
  };
  /** Waits until the sender waits, then lets just that time pass; gives its length in ms. */
  const passWait = async () => {
    await until(() => states.at(-1)?.kind === "waiting");
    const wait = clock.nextDue() ?? 0;
    clock.advance(wait);
    return wait;
  };
  return { site, outbox, clock, states, acks, lines, start, seal, passWait };
}

test("what is sealed arrives as the very same bytes and is then forgotten here", async () => {
  const { site, outbox, start, seal } = await makeWorkstation();
  seal(10);
  const hashes = outbox.pending(20).map((batch) => batch.sha256);
  const sender = start();
  await sender.flushed();
  expect([...site.stored.values()].toSorted()).toEqual(hashes.toSorted());
  expect(outbox.counts().sealed).toBe(0);
  expect(site.signatures).toEqual([true]);
  expect(site.origins).toEqual(new Set([undefined]));
});

test("a batch sealed while connected leaves at once", async () => {
  const { site, start, seal, states } = await makeWorkstation();
  const sender = start();
  await until(() => states.at(-1)?.kind === "connected");
  seal(1);
  await sender.flushed();
  expect(site.stored.size).toBe(1);
});

test("the epoch and the charter of the site are kept", async () => {
  const { site, outbox, start, states } = await makeWorkstation();
  site.welcome = () => ({
    ok: true,
    epoch: 7,
    charter,
    zone: "Europe/Paris",
    time: "2026-11-25T09:30:00.000+01:00",
  });
  start();
  await until(() => states.at(-1)?.kind === "connected");
  expect(site.hellos[0]?.epoch).toBe(null);
  expect(outbox.epoch).toBe(7);
  expect(outbox.readCharter()).toEqual(charter);
});

test("a site that cannot take a batch now gets it later, again and again, and nothing is dropped", async () => {
  const { site, outbox, clock, start, seal, acks } = await makeWorkstation();
  const garbage = [-5, 0, 1e9, 30];
  site.replies = garbage.map((retryAfter) => answer({ status: "retry", retryAfter }));
  seal(1);
  const sender = start();
  const waits: number[] = [];
  for (let n = 1; n <= garbage.length; n += 1) {
    await until(() => acks.length === n);
    await until(() => clock.nextDue() !== null);
    waits.push(clock.nextDue() ?? 0);
    clock.advance(clock.nextDue() ?? 0);
  }
  await sender.flushed();
  expect(outbox.counts().sealed).toBe(0);
  expect(site.stored.size).toBe(1);
  expect(waits[0]).toBeLessThanOrEqual(1000);
  expect(waits[2]).toBeGreaterThanOrEqual(3_600_000);
  expect(waits[2]).toBeLessThanOrEqual(3_601_000);
  expect(waits[3]).toBeGreaterThanOrEqual(30_000);
});

test("an answer nobody knows, or none that makes sense, keeps the batch and tries again", async () => {
  const { site, outbox, clock, start, seal, lines } = await makeWorkstation();
  site.replies = [
    answer({ status: "teapot" }),
    answer({ status: "retry", retryAfter: "tomorrow" }),
    (_batch, ack) => ack(null),
    (_batch, ack) => ack({ epoch: 1, seq: 99, status: "stored" }),
  ];
  seal(1);
  const sender = start();
  for (let n = 1; n <= 4; n += 1) {
    await until(() => lines.filter((line) => line.includes("does not know")).length === n);
    expect(outbox.counts().sealed).toBe(1);
    await until(() => clock.nextDue() !== null);
    clock.advance(clock.nextDue() ?? 0);
  }
  await sender.flushed();
  expect(site.stored.size).toBe(1);
});

test("a site that hangs up, or says nothing, is tried again with growing waits; nothing is lost", async () => {
  const { site, outbox, clock, start, seal, passWait, states } = await makeWorkstation();
  site.replies = [hangUp, hangUp, silence, silence, hangUp];
  seal(1);
  const sender = start();
  const waits: number[] = [];
  for (let n = 0; n < 5; n += 1) {
    await until(() => site.received.length === n + 1);
    const silent = n === 2 || n === 3;
    if (silent) clock.advance(30_000);
    waits.push(await passWait());
    await until(() => states.at(-1)?.kind === "connected");
    if (silent) clock.advance(2_000);
  }
  await sender.flushed();
  expect(outbox.counts().sealed).toBe(0);
  expect(new Set(site.received.map(({ sha256 }) => sha256)).size).toBe(1);
  expect(waits).toEqual([999, 1998, 3996, 7992, 15984]);
});

test("waits between connections grow to five minutes, and no further", async () => {
  const { site, clock, states, start } = await makeWorkstation();
  await site.close();
  start();
  const waits: number[] = [];
  for (let n = 0; n < 12; n += 1) {
    await until(() => states.filter(({ kind }) => kind === "waiting").length === n + 1);
    waits.push(clock.nextDue() ?? 0);
    clock.advance(clock.nextDue() ?? 0);
  }
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  expect(waits[0]).toBe(999);
  expect(waits.at(-1)).toBe(299_700);
});

test("what the site refuses moves to the dead letters, with its reason, and the next ones flow", async () => {
  const { site, outbox, start, seal } = await makeWorkstation();
  const refusals = [{ path: "spans.0.kind", reason: "not in the charter" }];
  site.replies = [answer({ status: "refused", refusals }), answer({ status: "conflict" })];
  seal(5);
  const sender = start();
  await sender.flushed();
  expect(site.received).toHaveLength(5);
  expect(site.stored.size).toBe(3);
  const letters = outbox.readDeadLetters();
  expect(letters.map(({ ack }) => ack?.status).toSorted()).toEqual(["conflict", "refused"]);
  expect(letters.find(({ ack }) => ack?.status === "refused")?.ack?.refusals).toEqual(refusals);
});

test("a site that cannot even name the batch is understood all the same", async () => {
  const { site, clock, outbox, start, seal, acks } = await makeWorkstation();
  site.replies = [
    (_batch, ack) => ack({ epoch: 0, seq: 0, status: "retry", retryAfter: 5 }),
    (_batch, ack) => ack({ epoch: 0, seq: 0, status: "refused" }),
  ];
  seal(1);
  const sender = start();
  await until(() => acks.length === 1);
  await until(() => clock.nextDue() !== null);
  expect(clock.nextDue()).toBeGreaterThanOrEqual(5_000);
  clock.advance(6_000);
  await sender.flushed();
  expect(outbox.counts()).toMatchObject({ sealed: 0, dead: 1 });
});

test("a batch that never gets through does not hold up the others", async () => {
  const { site, outbox, clock, start, seal } = await makeWorkstation();
  const always = answer({ status: "retry" });
  const poison = new Set([1, 2, 3, 4, 5]);
  site.replies = Array.from(
    { length: 400 },
    () => (batch, ack, socket) =>
      poison.has(batch.seq)
        ? always(batch, ack, socket)
        : ack({ epoch: 1, seq: batch.seq, status: "stored" }),
  );
  seal(12);
  start();
  while (outbox.counts().sealed > poison.size) {
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(100);
  }
  expect(site.stored.size).toBe(7);
});

test("a workstation the site no longer takes stops sending, keeps everything, and says why", async () => {
  for (const code of ["forbidden", "not_signed_in"]) {
    const { site, outbox, clock, states, start, seal } = await makeWorkstation();
    site.welcome = () => ({
      ok: false,
      code,
      message: "This workstation was revoked. Enrol it again.",
    });
    seal(2);
    const sender = start();
    await expect(sender.flushed()).rejects.toThrow("revoked");
    expect(states.at(-1)).toEqual({
      kind: "refused",
      message: "This workstation was revoked. Enrol it again.",
    });
    expect(clock.nextDue()).toBe(null);
    seal(1);
    expect(outbox.counts().sealed).toBe(3);
  }
});

test("a site that is only unwell at hello is tried again", async () => {
  const { site, start, seal, passWait } = await makeWorkstation();
  const welcome = site.welcome;
  const bad = [{ ok: false, code: "unavailable", message: "busy" }, { ok: true }, "nonsense"];
  site.welcome = (hello) => bad.shift() ?? welcome(hello);
  seal(1);
  const sender = start();
  for (let n = 0; n < 3; n += 1) await passWait();
  await sender.flushed();
  expect(site.stored.size).toBe(1);
});

test("nothing is signed or sent when another site answers at the address", async () => {
  const { site, start, seal, states } = await makeWorkstation();
  site.site = "9b241101-e2bb-4255-8caf-4136c566a962";
  seal(1);
  start();
  await until(() => states.at(-1)?.kind === "waiting");
  expect(site.hellos).toEqual([]);
  expect(site.received).toEqual([]);
});

test("a server that accepts the connection and then says nothing is left after a while", async () => {
  const { site, clock, states, start } = await makeWorkstation();
  site.greets = false;
  start();
  await until(() => site.sockets.sockets.sockets.size === 1);
  clock.advance(15_000);
  await until(() => states.at(-1)?.kind === "waiting");
});

test("an acknowledgement lost on the way means the same bytes again, not a second batch", async () => {
  const { site, outbox, start, seal, passWait } = await makeWorkstation();
  site.replies = [
    (batch, ack, socket) => {
      site.stored.set(`${batch.epoch}/${batch.seq}`, "taken before the line broke");
      hangUp(batch, ack, socket);
    },
    answer({ status: "duplicate" }),
  ];
  seal(1);
  const sender = start();
  await passWait();
  await sender.flushed();
  expect(site.received).toHaveLength(2);
  expect(site.received[0]?.sha256).toBe(site.received[1]?.sha256);
  expect(outbox.counts().sealed).toBe(0);
});

test("stopping leaves what was not acknowledged for the next time", async () => {
  const { site, outbox, start, seal, acks } = await makeWorkstation();
  site.replies = [silence, silence, silence, silence];
  seal(3);
  const first = start();
  await until(() => site.received.length === 3);
  await first.stop();
  expect(outbox.counts().sealed).toBe(3);
  site.replies = [];
  await start().flushed();
  expect(acks).toHaveLength(3);
});

test("what the server holds can be asked for", async () => {
  const { start } = await makeWorkstation();
  const sender = start();
  const query = { from: "2026-11-25T00:00:00.000+01:00", to: "2026-11-26T00:00:00.000+01:00" };
  expect(await sender.readStored(query)).toEqual({ spans: [], marks: [], tallies: [] });
});

test("log lines hold states only, nothing that was recorded", async () => {
  const { site, outbox, start, lines, passWait } = await makeWorkstation();
  site.replies = [
    hangUp,
    answer({ status: "refused", refusals: [{ path: "spans.0.label", reason: "no" }] }),
  ];
  outbox.add({ spans: [makeSpan({ label: "Kestrel" })] });
  outbox.seal(makeContext());
  const sender = start();
  await passWait();
  await sender.flushed();
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.join("\n")).not.toMatch(/Kestrel|contact|09:3|2026/);
});
