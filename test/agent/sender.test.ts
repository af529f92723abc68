import { cpSync } from "node:fs";
import { expect, test } from "vitest";
import { openOutbox } from "#agent/outbox";
import { makeSpan } from "./factories.ts";
import { makeFolder } from "./folder.ts";
import { makeWorkstation, until } from "./make-workstation.ts";
import { answer, charter, hangUp, silence, WORKSTATION } from "./site-double.ts";

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

test("what the site refuses moves to the dead letters, with its reason, and the next ones flow", async () => {
  const { site, outbox, start, seal } = await makeWorkstation();
  const refusals = [{ path: "spans.0.kind", reason: "not in the charter" }];
  site.replies = [answer({ status: "refused", refusals })];
  seal(5);
  const sender = start();
  await sender.flushed();
  expect(site.received).toHaveLength(5);
  expect(site.stored.size).toBe(4);
  expect(outbox.readDeadLetters().map(({ ack }) => ack?.refusals)).toEqual([refusals]);
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

test("what the site holds, what it noted, and the agreed hours can be asked for", async () => {
  const { site, outbox, start, seal } = await makeWorkstation();
  seal(1);
  const hash = outbox.pending(1)[0]?.sha256;
  const sender = start();
  await sender.flushed();
  const query = { from: "2026-11-25T00:00:00.000+01:00", to: "2026-11-26T00:00:00.000+01:00" };
  const stored = { ...makeSpan(), id: `${WORKSTATION}/1/1/0` };
  expect(await sender.readStored(query)).toEqual({ spans: [stored], marks: [], tallies: [] });
  const start9 = "2026-11-25T09:00:00.000+01:00";
  site.planned = { known: true, shifts: [{ start: start9, end: query.to, breaks: [] }] };
  expect(await sender.readPlanned(query)).toEqual(site.planned);
  const batches = [
    { epoch: 1, seq: 1 },
    { epoch: 1, seq: 2 },
  ];
  expect(await sender.readReceipts({ batches })).toEqual({ sha256: [hash, null] });
});

test("a question waits for a connection, and fails when there will be none", async () => {
  const { site, start } = await makeWorkstation();
  const sender = start();
  const receipts = sender.readReceipts({ batches: [] });
  expect(await receipts).toEqual({ sha256: [] });
  await sender.stop();
  await expect(sender.readReceipts({ batches: [] })).rejects.toThrow("sending was stopped");
  site.welcome = () => ({ ok: false, code: "forbidden", message: "Revoked." });
  await expect(start().readReceipts({ batches: [] })).rejects.toThrow("Revoked.");
});

test("when the agreed hours change at the site, that is passed on", async () => {
  let replans = 0;
  const { site, start, states } = await makeWorkstation({
    onReplan: () => {
      replans += 1;
    },
  });
  start();
  await until(() => states.at(-1)?.kind === "connected");
  site.sockets.emit("replan");
  await until(() => replans === 1);
});

test("a batch counts as sent, on disk, before its first byte reaches the site, and only then", async () => {
  const { site, outbox, folder, start, seal, states, clock } = await makeWorkstation();
  seal(6);
  const crashes: string[] = [];
  site.replies = Array.from({ length: 4 }, () => () => {
    // As if the machine lost its power while the batch was on its way.
    const crashed = makeFolder();
    cpSync(folder, crashed, { recursive: true });
    crashes.push(crashed);
  });
  start();
  await until(() => crashes.length === 4 && states.at(-1)?.kind === "connected");
  expect(outbox.counts()).toMatchObject({ sealed: 6, sent: 4 });
  for (const crashed of crashes) {
    const after = openOutbox(crashed, { clock });
    expect(after.listSealed(9).map(({ sent }) => sent)).toEqual([
      ...[true, true, true, true],
      ...[false, false],
    ]);
    expect(after.deleteWindow(0, clock.now() + 86_400_000)).toMatchObject({ alreadySent: 4 });
    await after.close();
  }
});

test("on a disk that cannot note it, a batch is not sent now, and later it is", async () => {
  const { site, outbox, disk, clock, start, seal, lines } = await makeWorkstation();
  outbox.adoptEpoch(1);
  outbox.adoptCharter(charter);
  seal(2);
  disk.free = 0;
  start();
  await until(() => lines.some((line) => line.includes("the outbox cannot be used")));
  expect([site.received.length, outbox.counts().sealed, outbox.counts().sent]).toEqual([0, 2, 0]);
  disk.free = Number.POSITIVE_INFINITY;
  clock.advance(60_000);
  await until(() => outbox.counts().sealed === 0);
  expect(site.stored.size).toBe(2);
});
