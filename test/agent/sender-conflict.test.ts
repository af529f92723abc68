import { cpSync } from "node:fs";
import { expect, test } from "vitest";
import { type Outbox, openOutbox } from "#agent/outbox";
import { sealBatch } from "#agent/seal-batch";
import { startSender } from "#agent/sender";
import { makeBatch, makeContext, makeIdentity, makeSpan } from "./factories.ts";
import { makeFolder } from "./folder.ts";
import { makeWorkstation, until } from "./make-workstation.ts";
import { makeManualClock } from "./manual-clock.ts";
import { answer, charter, startSiteDouble } from "./site-double.ts";

const conflict = answer({ status: "conflict" });

/** As the site does: an epoch of their own for those who ask for one. */
function grantEpochs({ site }: Pick<Awaited<ReturnType<typeof makeWorkstation>>, "site">) {
  let granted = 1;
  site.welcome = ({ epoch }) => {
    if (epoch === null) granted += 1;
    const time = "2026-11-25T09:30:00.000+01:00";
    return { ok: true, epoch: epoch ?? granted, charter, zone: "Europe/Paris", time };
  };
}

function sealTask(outbox: Outbox, task: string): void {
  outbox.add({ spans: [makeSpan({ task })] });
  outbox.seal(makeContext(outbox.epoch ?? 1));
}

test("a batch whose number the site holds another batch of is not lost: its events go again in an epoch of our own", async () => {
  const fates: string[] = [];
  const workstation = await makeWorkstation({ onConflict: (fate) => fates.push(fate) });
  const { site, outbox, start, acks, states, passWait } = workstation;
  grantEpochs(workstation);
  outbox.adoptEpoch(1);
  sealTask(outbox, "1");
  sealTask(outbox, "2");
  site.replies = [conflict];
  const sender = start();
  await until(() => fates.length === 1);
  expect(fates).toEqual(["renumbered"]);
  // The other one keeps its bytes and its number.
  expect(outbox.epoch).toBe(null);
  await passWait();
  await until(() => states.at(-1)?.kind === "connected");
  expect(site.hellos.map(({ epoch }) => epoch)).toEqual([1, null]);
  await until(() => outbox.counts().sealed === 0);
  outbox.seal(makeContext(outbox.epoch ?? 1));
  await sender.flushed();
  const taken = site.received.map(({ batch }) => [
    `${batch.epoch}/${batch.seq}`,
    batch.spans.map(({ task }) => task).join(),
  ]);
  expect(taken[0]).toEqual(["1/1", "1"]);
  expect(taken.at(-1)).toEqual(["2/1", "1"]);
  expect([...site.stored.keys()].toSorted()).toEqual(["1/2", "2/1"]);
  // Nothing is told as lost, and nobody is told of an answer that decided nothing.
  expect(outbox.counts()).toMatchObject({ gaps: [], dead: 0, open: 0 });
  expect(acks.map(({ status }) => status).every((status) => status === "stored")).toBe(true);
});

test("a conflict without end is no copied folder: after three within an hour the batch is set aside for its owner", async () => {
  const fates: string[] = [];
  const workstation = await makeWorkstation({ onConflict: (fate) => fates.push(fate) });
  const { site, outbox, clock, start, states } = workstation;
  grantEpochs(workstation);
  outbox.adoptEpoch(1);
  site.replies = Array.from({ length: 20 }, () => conflict);
  start();
  for (let n = 1; n <= 4; n += 1) {
    await until(() => states.at(-1)?.kind === "connected");
    sealTask(outbox, String(n));
    await until(() => fates.length === n);
    if (n < 4) clock.advance(clock.nextDue() ?? 0);
  }
  expect(fates).toEqual(["renumbered", "renumbered", "renumbered", "buried"]);
  expect(outbox.readDeadLetters().map(({ ack }) => ack?.status)).toEqual(["conflict"]);
  expect(outbox.counts()).toMatchObject({ sealed: 0, gaps: [], open: 0 });
  // An hour later it is worth another try.
  clock.advance(3_600_000);
  await until(() => states.at(-1)?.kind === "connected");
  sealTask(outbox, "5");
  await until(() => fates.length === 5);
  expect(fates.at(-1)).toBe("renumbered");
});

test("a batch numbered by its maker is never numbered anew", async () => {
  const { site, outbox, start } = await makeWorkstation();
  site.replies = [conflict];
  outbox.put(sealBatch(makeBatch({ seq: 7 })));
  await start().flushed();
  expect(outbox.readDeadLetters().map(({ ack }) => ack?.status)).toEqual(["conflict"]);
  expect(outbox.epoch).toBe(1);
});

test("two agents with one copied folder: every event of both arrives once, under numbers of their own", async () => {
  const site = await startSiteDouble();
  grantEpochs({ site });
  const { identity } = makeIdentity(site.server);
  const [first, copy] = [makeFolder(), makeFolder()];
  const clock = makeManualClock();
  const original = openOutbox(first, { clock });
  original.adoptEpoch(1);
  sealTask(original, "both");
  await original.close();
  cpSync(first, copy, { recursive: true });

  const held = new Map<string, string>();
  site.replies = Array.from({ length: 100 }, () => (batch, ack) => {
    const name = `${batch.epoch}/${batch.seq}`;
    const tasks = batch.spans.map(({ task }) => task).join();
    const known = held.get(name);
    if (known === undefined) held.set(name, tasks);
    const status =
      known === undefined ? "stored" : known === tasks ? ("duplicate" as const) : "conflict";
    ack({ epoch: batch.epoch, seq: batch.seq, status });
  });
  let conflicts = 0;
  for (const [folder, name] of [
    [first, "a"],
    [copy, "b"],
  ] as const) {
    const outbox = openOutbox(folder, { clock });
    for (let n = 1; n <= 5; n += 1) sealTask(outbox, `${name}${n}`);
    const sender = startSender({
      ...{ server: site.server, identity, outbox, clock },
      random: () => 0,
      log: () => {},
      onConflict: () => {
        conflicts += 1;
      },
    });
    // Whatever came back to the open events is sealed anew once there is an epoch for it.
    while (outbox.counts().sealed + outbox.counts().open > 0) {
      if (clock.nextDue() === 0) clock.advance(0);
      if (outbox.epoch !== null) while (outbox.seal(makeContext(outbox.epoch)));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await sender.stop();
    await outbox.close();
  }
  await site.close();
  const arrived = [...held.values()].flatMap((tasks) => tasks.split(",")).toSorted();
  const wanted = ["a1", "a2", "a3", "a4", "a5", "b1", "b2", "b3", "b4", "b5", "both"];
  expect(arrived).toEqual(wanted);
  expect(conflicts).toBe(5);
});
