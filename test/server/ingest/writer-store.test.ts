import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { storeBatches } from "#server/database/activity-write";
import type { Store } from "#server/database/store";
import { openStore } from "#server/database/store";
import { createWriter } from "#server/ingest/writer";
import { openTestStore, type TestStore } from "#test/support/database";
import { makeGated, makeMark, makeSpan, makeTally, NOW } from "./batches.ts";

let store: TestStore;

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(async () => {
  await store.drop();
});

const onServer = Boolean(process.env.TEST_DATABASE_URL);
const NEEDS_SERVER = "needs a second connection: set TEST_DATABASE_URL to a TimescaleDB server";

function openWriter(over: Store = store) {
  let commits = 0;
  const writer = createWriter({
    writeGroup: (batches) => {
      commits++;
      return storeBatches(over, batches, NOW);
    },
    onStored: () => {},
    onFailure: () => {},
  });
  return { writer, commits: () => commits };
}

/** What the store holds of a workstation, whoever asks. */
async function countRows(workstation: string) {
  const { rows } = await store.pool.query(
    `select (select count(*)::integer from receipt where workstation = $1) as receipts,
       (select count(*)::integer from work_span where workstation = $1) as spans,
       (select count(*)::integer from mark where workstation = $1) as marks,
       (select count(*)::integer from tally where workstation = $1) as tallies`,
    [workstation],
  );
  return rows[0];
}

test("a hundred agents' batches are stored in a few commits", async () => {
  const { writer, commits } = openWriter();
  const workstations = Array.from({ length: 100 }, () => randomUUID());
  const acks = await Promise.all(
    workstations.map((workstation) => writer.write(makeGated({ workstation }))),
  );
  expect(new Set(acks.map((ack) => ack.status))).toEqual(new Set(["stored"]));
  expect(commits()).toBe(1);
});

test("the same batch a hundred times at once is stored once", async () => {
  const { writer } = openWriter();
  const workstation = randomUUID();
  const gated = makeGated({ workstation, marks: [makeMark()], tallies: [makeTally()] });
  const acks = await Promise.all(Array.from({ length: 100 }, () => writer.write(gated)));
  expect(acks.filter((ack) => ack.status === "stored")).toHaveLength(1);
  expect(acks.filter((ack) => ack.status === "duplicate")).toHaveLength(99);
  expect(await countRows(workstation)).toEqual({ receipts: 1, spans: 1, marks: 1, tallies: 1 });
});

test("the same number with other content is a conflict, and the first stays as it was", async () => {
  const { writer } = openWriter();
  const workstation = randomUUID();
  const person = randomUUID();
  const read = async () =>
    (await store.pool.query("select * from work_span where workstation = $1", [workstation])).rows;
  await writer.write(makeGated({ workstation, spans: [makeSpan({ label: "first" })] }, person));
  const before = await read();
  const spans = [makeSpan({ label: "second" }), makeSpan()];
  expect(await writer.write(makeGated({ workstation, spans }, person))).toEqual({
    epoch: 1,
    seq: 1,
    status: "conflict",
  });
  expect(await read()).toEqual(before);
  expect(before).toHaveLength(1);
  const other = await writer.write(makeGated({ workstation, epoch: 2, spans }, person));
  expect(other.status).toBe("stored");
});

test("a batch the database cannot hold leaves nothing, and its neighbours are stored", async () => {
  const { writer } = openWriter();
  const [good, bad] = [randomUUID(), randomUUID()];
  // No gate lets this through; the database is the last to refuse.
  const spans = [makeSpan(), makeSpan({ label: "a\u0000b" })];
  const acks = await Promise.all([
    writer.write(makeGated({ workstation: good, seq: 1 })),
    writer.write(makeGated({ workstation: bad, spans })),
    writer.write(makeGated({ workstation: good, seq: 2 })),
  ]);
  expect(acks.map((ack) => ack.status)).toEqual(["stored", "refused", "stored"]);
  expect(await countRows(good)).toMatchObject({ receipts: 2, spans: 2 });
  expect(await countRows(bad)).toMatchObject({ receipts: 0, spans: 0 });
});

test("when the rows cannot be written no receipt stays, and sent again the batches are stored once", async () => {
  const { writer } = openWriter();
  const workstation = randomUUID();
  const batches = [1, 2, 3].map((seq) => makeGated({ workstation, seq, marks: [makeMark()] }));
  const send = () => Promise.all(batches.map((gated) => writer.write(gated)));
  await store.pool.query("revoke insert on mark from etabli_ingest");
  const refused = await send();
  await store.pool.query("grant insert on mark to etabli_ingest");
  expect(refused.map((ack) => ack.status)).toEqual(["retry", "retry", "retry"]);
  expect(await countRows(workstation)).toMatchObject({ receipts: 0, spans: 0, marks: 0 });
  expect((await send()).map((ack) => ack.status)).toEqual(["stored", "stored", "stored"]);
  expect((await send()).map((ack) => ack.status)).toEqual(["duplicate", "duplicate", "duplicate"]);
  expect(await countRows(workstation)).toMatchObject({ receipts: 3, spans: 3, marks: 3 });
});

test("whoever asks the store on hearing of an acknowledgement finds the batch there", async () => {
  const { writer } = openWriter();
  const workstation = randomUUID();
  // On a server another connection is asked; the embedded store answers only between transactions.
  const other = onServer ? await openStore(store.location) : store;
  const sent = Array.from({ length: 40 }, async (_, index) => {
    await writer.write(makeGated({ workstation, seq: index + 1 }));
    const { rows } = await other.pool.query(
      "select count(*)::integer as n from work_span where workstation = $1 and seq = $2",
      [workstation, index + 1],
    );
    return rows[0].n;
  });
  expect(await Promise.all(sent)).toEqual(Array(40).fill(1));
  if (onServer) await other.close();
});

/** A second connection to the same server that holds up all writing until it is told to let go. */
async function holdReceipts(): Promise<pg.Client> {
  if (!("url" in store.location)) throw new Error("needs a server");
  const client = new pg.Client({ connectionString: store.location.url });
  await client.connect();
  await client.query("begin; lock table receipt in exclusive mode");
  return client;
}

async function waitForBlockedWriter(client: pg.Client): Promise<number> {
  for (;;) {
    const { rows } = await client.query(
      "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    if (rows[0]) return rows[0].pid;
  }
}

test("no acknowledgement comes before the commit: a held-up commit holds it up", async ({
  skip,
}) => {
  skip(!onServer, NEEDS_SERVER);
  const { writer } = openWriter();
  const holder = await holdReceipts();
  let acked = false;
  const ack = writer.write(makeGated({ workstation: randomUUID() })).then((answer) => {
    acked = true;
    return answer.status;
  });
  await waitForBlockedWriter(holder);
  expect(acked).toBe(false);
  await holder.query("rollback");
  expect(await ack).toBe("stored");
  await holder.end();
});

test("a connection the server ends in the middle gives retry for all, and then all are stored once", async ({
  skip,
}) => {
  skip(!onServer, NEEDS_SERVER);
  const { writer } = openWriter();
  const workstation = randomUUID();
  const batches = [1, 2, 3].map((seq) => makeGated({ workstation, seq }));
  const holder = await holdReceipts();
  const acks = batches.map((gated) => writer.write(gated));
  const pid = await waitForBlockedWriter(holder);
  await holder.query("select pg_terminate_backend($1)", [pid]);
  expect((await Promise.all(acks)).map((ack) => ack.status)).toEqual(["retry", "retry", "retry"]);
  await holder.query("rollback");
  await holder.end();
  const again = await Promise.all(batches.map((gated) => writer.write(gated)));
  expect(again.map((ack) => ack.status)).toEqual(["stored", "stored", "stored"]);
  expect(await countRows(workstation)).toMatchObject({ receipts: 3, spans: 3 });
});

test("two servers that write the same batches at once store each once", async ({ skip }) => {
  skip(!onServer, NEEDS_SERVER);
  const second = await openStore(store.location);
  const writers = [openWriter().writer, openWriter(second).writer];
  const workstation = randomUUID();
  const batches = Array.from({ length: 60 }, (_, index) =>
    makeGated({ workstation, seq: index + 1 }),
  );
  const answers = await Promise.all(
    batches.map((gated, index) =>
      Promise.all(
        // Each server meets them in another order.
        writers.map((writer, nth) =>
          writer.write(nth === 0 ? gated : (batches[59 - index] ?? gated)),
        ),
      ),
    ),
  );
  const all = answers.flat().map((ack) => ack.status);
  expect(all.filter((status) => status === "stored")).toHaveLength(60);
  expect(all.filter((status) => status === "conflict" || status === "refused")).toEqual([]);
  expect(await countRows(workstation)).toMatchObject({ receipts: 60, spans: 60 });
  await second.close();
});
