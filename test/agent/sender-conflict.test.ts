import { cpSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { type Outbox, openOutbox } from "#agent/outbox";
import { sealBatch } from "#agent/seal-batch";
import { startSender } from "#agent/sender";
import { makeBatch, makeContext, makeIdentity, makeSpan } from "./factories.ts";
import { makeFolder } from "./folder.ts";
import { makeWorkstation, until } from "./make-workstation.ts";
import { makeManualClock } from "./manual-clock.ts";
import { answer, charter, startSiteDouble } from "./site-double.ts";

type Context = ReturnType<typeof makeContext>;

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

type Site = Awaited<ReturnType<typeof startSiteDouble>>;

/** As a site does: the first bytes of a number stay, the same again are a duplicate, others a conflict. */
function keepFirst(site: Site): void {
  const decide: (typeof site.replies)[number] = ({ epoch, seq }, ack) => {
    const known = site.stored.get(`${epoch}/${seq}`);
    const isSame = known === site.received.at(-1)?.sha256;
    const status = known === undefined ? "stored" : isSame ? "duplicate" : "conflict";
    ack({ epoch, seq, status });
  };
  site.replies = Array.from({ length: 200 }, () => decide);
}

/** The tasks the site holds, under each number. */
function tasksAt(site: Site): Record<string, string> {
  const held = site.received.filter(
    ({ batch, sha256 }) => site.stored.get(`${batch.epoch}/${batch.seq}`) === sha256,
  );
  return Object.fromEntries(
    held.map(({ batch }) => [
      `${batch.epoch}/${batch.seq}`,
      batch.spans.map(({ task }) => task).join(),
    ]),
  );
}

/** A folder and its copy, made while these tasks were open, held since a minute each, and those sealed. */
async function makeCopies(tasks: readonly string[], sealed: readonly string[] = []) {
  const site = await startSiteDouble();
  onTestFinished(() => site.close());
  grantEpochs({ site });
  keepFirst(site);
  const { identity } = makeIdentity(site.server);
  const clock = makeManualClock();
  const [first, copy] = [makeFolder(), makeFolder()];
  const original = openOutbox(first, { clock });
  original.adoptEpoch(1);
  for (const task of sealed) sealTask(original, task);
  for (const task of tasks) {
    original.add({ spans: [makeSpan({ task })] });
    clock.advance(60_000);
  }
  await original.close();
  cpSync(first, copy, { recursive: true });
  let turn = 0;
  /** Runs an agent on a folder until nothing waits there any more. */
  const run = async (folder: string, prepare: (outbox: Outbox, context: Context) => unknown) => {
    turn += 1;
    const sealedAt = `2026-11-25T09:3${turn}:00.000+01:00`;
    const fates: string[] = [];
    const outbox = openOutbox(folder, { clock });
    prepare(outbox, { ...makeContext(), sealedAt });
    const sender = startSender({
      ...{ server: site.server, identity, outbox, clock },
      random: () => 0,
      log: () => {},
      onConflict: (fate) => fates.push(fate),
    });
    // Whatever came back to the open events is sealed anew once there is an epoch for it.
    while (outbox.counts().sealed + outbox.counts().open > 0) {
      if (clock.nextDue() === 0) clock.advance(0);
      if (outbox.epoch !== null) while (outbox.seal({ ...makeContext(outbox.epoch), sealedAt }));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await sender.stop();
    expect(outbox.counts()).toMatchObject({ dead: 0, gaps: [] });
    await outbox.close();
    return fates;
  };
  return { site, clock, first, copy, run };
}

test("two agents with one copied folder: every event of both arrives once, under numbers of their own", async () => {
  const { site, first, copy, run } = await makeCopies([], ["both"]);
  const sealFive = (name: string) => (outbox: Outbox) => {
    for (let n = 1; n <= 5; n += 1) sealTask(outbox, `${name}${n}`);
  };
  expect(await run(first, sealFive("a"))).toEqual([]);
  expect(await run(copy, sealFive("b"))).toHaveLength(5);
  const arrived = Object.values(tasksAt(site)).flatMap((tasks) => tasks.split(","));
  const wanted = ["a1", "a2", "a3", "a4", "a5", "b1", "b2", "b3", "b4", "b5", "both"];
  expect(arrived.toSorted()).toEqual(wanted);
});

test("what was open when the folder was copied arrives once, though both copies sealed it, each at its own time", async () => {
  const { site, first, copy, run } = await makeCopies(["1", "2"]);
  await run(first, (outbox, context) => {
    outbox.add({ spans: [makeSpan({ task: "a" })] });
    outbox.seal(context);
  });
  const fates = await run(copy, (outbox, context) => {
    outbox.add({ spans: [makeSpan({ task: "b" })] });
    outbox.seal(context);
  });
  expect(fates).toEqual(["renumbered"]);
  expect(tasksAt(site)).toEqual({ "1/1": "1,2,a", "2/1": "b" });
});

test("a copy that has nothing but what the other brought sends nothing, and gives the numbers up as well", async () => {
  const { site, first, copy, run } = await makeCopies(["1", "2"]);
  await run(first, (outbox, context) => outbox.seal(context));
  expect(await run(copy, (outbox, context) => outbox.seal(context))).toEqual(["renumbered"]);
  const later = openOutbox(copy);
  expect(later.epoch).not.toBe(1);
  await later.close();
  expect(tasksAt(site)).toEqual({ "1/1": "1,2" });
});

test("a copy that seals at once what the other had sealed one by one sends none of it again", async () => {
  const { site, first, copy, run } = await makeCopies(["1", "2", "3", "4"]);
  await run(first, (outbox, context) => {
    for (const minutes of [4, 3, 2, 1]) outbox.seal(context, { holdBackMs: minutes * 60_000 });
  });
  expect(Object.keys(tasksAt(site))).toEqual(["1/1", "1/2", "1/3", "1/4"]);
  await run(copy, (outbox, context) => {
    outbox.seal(context);
    // By then the copy has given out a second number as well.
    outbox.add({ spans: [makeSpan({ task: "b" })] });
    outbox.seal(context);
  });
  const arrived = Object.values(tasksAt(site)).flatMap((tasks) => tasks.split(","));
  expect(arrived.toSorted()).toEqual(["1", "2", "3", "4", "b"]);
});

test("events of the same content are as many at the site as were recorded", async () => {
  const { site, first, copy, run } = await makeCopies(["1", "1"]);
  await run(first, (outbox, context) => outbox.seal(context));
  await run(copy, (outbox, context) => {
    outbox.add({ spans: [makeSpan({ task: "1" })] });
    outbox.seal(context);
  });
  expect(tasksAt(site)).toEqual({ "1/1": "1,1", "2/1": "1" });
});

test("while the site does not say what it holds, the batch is kept and asked about again", async () => {
  const workstation = await makeWorkstation();
  const { site, outbox, clock, start, states, passWait } = workstation;
  grantEpochs(workstation);
  outbox.adoptEpoch(1);
  sealTask(outbox, "1");
  site.replies = [conflict, conflict, conflict];
  const asked: string[] = [];
  const { workstation: id } = makeContext();
  const there = {
    spans: [{ ...makeSpan({ task: "1" }), id: `${id}/1/1/0` }],
    marks: [],
    tallies: [],
  };
  site.holds = ({ from }) => {
    asked.push(from);
    return asked.length < 3 ? null : there;
  };
  start();
  for (let n = 1; n <= 2; n += 1) {
    await until(() => asked.length === n);
    expect(outbox.counts()).toMatchObject({ sealed: 1, open: 0, dead: 0 });
    // No answer within half a minute: the connection ends, and the batch waits.
    clock.advance(30_000);
    await passWait();
    await until(() => states.at(-1)?.kind === "connected");
    clock.advance(2_000);
  }
  await until(() => outbox.counts().sealed === 0);
  expect(asked).toHaveLength(3);
  expect(outbox.counts()).toMatchObject({ open: 0, dead: 0, gaps: [] });
});
