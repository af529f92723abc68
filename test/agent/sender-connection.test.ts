import { expect, test } from "vitest";
import { makeContext, makeSpan } from "./factories.ts";
import { makeWorkstation, until } from "./make-workstation.ts";
import { answer, charter, hangUp, silence } from "./site-double.ts";

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

test("a site that cannot place us says why, in the words of the site, and is tried again", async () => {
  const { site, start, seal, states, passWait } = await makeWorkstation();
  const welcome = site.welcome;
  const message = "The store is older than this workstation's outbox.";
  const bad = [{ ok: false, code: "conflict", message }, "nonsense"];
  site.welcome = (hello) => bad.shift() ?? welcome(hello);
  seal(1);
  const sender = start();
  const told: unknown[] = [];
  for (let n = 0; n < 2; n += 1) {
    await until(() => states.at(-1)?.kind === "waiting");
    told.push(states.at(-1));
    await passWait();
  }
  await sender.flushed();
  expect(told).toEqual([
    { kind: "waiting", message: `Not connected (${message}). Trying again by itself.` },
    {
      kind: "waiting",
      message:
        "Not connected (the server gave an answer this version does not know). Trying again by itself.",
    },
  ]);
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
