import { afterAll, beforeAll, expect, test } from "vitest";
import type { Identity } from "#agent/identity";
import type { Welcome } from "#schema/live";
import { makeSpan } from "#test/server/ingest/batches";
import { greet, type LiveSite, sendBatch, startLiveSite } from "./live-site.ts";

let site: LiveSite;

beforeAll(async () => {
  site = await startLiveSite();
});
afterAll(async () => {
  await site.close();
});

const addIdentity = async () => site.addWorkstation((await site.addTechnician()).person);

/** Says hello in that epoch and leaves again: only what the site answers counts. */
async function greetIn(identity: Identity, epoch: number | null): Promise<Welcome> {
  const { socket, welcome } = await greet(identity, () => ({ epoch }));
  socket.disconnect();
  return welcome;
}

test("an agent that lost its outbox gets a new epoch each time; an older outbox keeps its own", async () => {
  const identity = await addIdentity();
  expect(await greetIn(identity, null)).toMatchObject({ ok: true, epoch: 2 });
  expect(await greetIn(identity, null)).toMatchObject({ ok: true, epoch: 3 });
  const old = await greet(identity);
  expect(old.welcome).toMatchObject({ ok: true, epoch: 1 });
  expect(await sendBatch(old.socket, identity.workstation, { epoch: 3 })).toMatchObject({
    status: "stored",
  });
  expect(await sendBatch(old.socket, identity.workstation, { epoch: 4 })).toMatchObject({
    status: "refused",
    refusals: [{ path: "epoch", reason: "never granted; the epoch is 3" }],
  });
  old.socket.disconnect();
});

test("a copied outbox meets a conflict, asks for a new epoch, and what both had pending is taken", async () => {
  const identity = await addIdentity();
  const { workstation } = identity;
  const first = await greet(identity);
  expect(await sendBatch(first.socket, workstation)).toMatchObject({ status: "stored" });
  const copy = await greet(identity);
  expect(
    await sendBatch(copy.socket, workstation, { spans: [makeSpan({ label: "copy" })] }),
  ).toEqual({ epoch: 1, seq: 1, status: "conflict" });
  const again = await greet(identity, () => ({ epoch: null }));
  expect(again.welcome).toMatchObject({ ok: true, epoch: 2 });
  for (const fields of [
    { epoch: 1, seq: 2 },
    { epoch: 2, seq: 1 },
  ])
    expect(await sendBatch(again.socket, workstation, fields)).toMatchObject({ status: "stored" });
  expect(await site.countSpans(workstation)).toBe(3);
  for (const { socket } of [first, copy, again]) socket.disconnect();
});

test("after an older backup of the store came back, an outbox ahead of it gets an epoch nobody has used", async () => {
  const identity = await addIdentity();
  const { workstation } = identity;
  const ahead = await greet(identity, () => ({ epoch: 4 }));
  expect(ahead.welcome).toMatchObject({ ok: true, epoch: 5 });
  // What it had sealed before, and what it seals from now on, and a loss in the epoch the store did not know.
  for (const fields of [
    { epoch: 4, seq: 7 },
    { epoch: 5, seq: 1 },
    { epoch: 5, seq: 2, gap: { epoch: 4, fromSeq: 8, toSeq: 8, reason: "deleted" as const } },
  ])
    expect(await sendBatch(ahead.socket, workstation, fields)).toMatchObject({ status: "stored" });
  expect(await sendBatch(ahead.socket, workstation, { epoch: 6 })).toMatchObject({
    status: "refused",
  });
  ahead.socket.disconnect();
  expect(await greetIn(identity, 5)).toMatchObject({ ok: true, epoch: 5 });
  expect(await greetIn(identity, null)).toMatchObject({ ok: true, epoch: 6 });
  expect(site.logged.join("\n")).toContain("an outbox is ahead of this store");
  expect(site.logged.join("\n")).not.toContain(workstation);
});

test("many hellos that are ahead at once: no new epoch is given twice", async () => {
  const identity = await addIdentity();
  const welcomes = await Promise.all(Array.from({ length: 6 }, () => greetIn(identity, 9)));
  // One that is read after another was granted is not ahead any more, and keeps its own.
  const granted = welcomes.flatMap((w) => (w.ok && w.epoch !== 9 ? [w.epoch] : []));
  expect(granted.length).toBeGreaterThan(0);
  expect(granted.toSorted((a, b) => a - b)).toEqual(granted.map((_, at) => 10 + at));
});

test("an epoch so late that none is left after it is refused, and harms nobody", async () => {
  const identity = await addIdentity();
  for (const epoch of [2_147_483_647, Number.MAX_SAFE_INTEGER])
    expect(await greetIn(identity, epoch)).toMatchObject({ ok: false, code: "conflict" });
  expect(await greetIn(identity, null)).toMatchObject({ ok: true, epoch: 2 });
});
