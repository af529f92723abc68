import pg from "pg";
import { expect, test } from "vitest";
import type { Ack } from "#schema/batch";
import type { GatedBatch, StoreOutcome } from "#server/database/activity-write";
import { createWriter, type WriterOptions } from "#server/ingest/writer";
import { makeGated, makeSpan } from "./batches.ts";

/** A database that answers when it is told to, and remembers which batches came together. */
function makeStubbornStore() {
  const groups: GatedBatch[][] = [];
  const waiting: { resolve: (outcomes: StoreOutcome[]) => void; reject: (error: Error) => void }[] =
    [];
  const arrivals: (() => void)[] = [];
  return {
    groups,
    writeGroup: (batches: readonly GatedBatch[]) =>
      new Promise<StoreOutcome[]>((resolve, reject) => {
        groups.push([...batches]);
        waiting.push({ resolve, reject });
        for (const arrive of arrivals.splice(0)) arrive();
      }),
    /** Waits until the writer has handed the next group over, then commits it. */
    async commit(outcome: StoreOutcome = "stored") {
      if (waiting.length === 0) await new Promise<void>((resolve) => arrivals.push(resolve));
      waiting.shift()?.resolve(groups.at(-1)?.map(() => outcome) ?? []);
    },
    async fail(error: Error) {
      if (waiting.length === 0) await new Promise<void>((resolve) => arrivals.push(resolve));
      waiting.shift()?.reject(error);
    },
  };
}

function openWriter(options: Partial<WriterOptions> = {}) {
  const store = makeStubbornStore();
  const shown: number[] = [];
  const failures: unknown[] = [];
  const writer = createWriter({
    writeGroup: store.writeGroup,
    onStored: ({ batch }) => shown.push(batch.seq),
    onFailure: (error) => failures.push(error),
    ...options,
  });
  return { store, shown, failures, writer };
}

function databaseError(code: string): Error {
  const error = new pg.DatabaseError("refused", 7, "error");
  error.code = code;
  return error;
}

const statuses = async (acks: Promise<Ack>[]) => (await Promise.all(acks)).map((ack) => ack.status);

test("what arrives while a commit runs is written together by the next", async () => {
  const { store, writer, shown } = openWriter();
  const first = [1, 2, 3].map((seq) => writer.write(makeGated({ seq })));
  await store.commit();
  expect(await statuses(first)).toEqual(["stored", "stored", "stored"]);
  const early = writer.write(makeGated({ seq: 4 }));
  const committed = store.commit;
  await new Promise((resolve) => setImmediate(resolve));
  const late = Array.from({ length: 50 }, (_, index) =>
    writer.write(makeGated({ seq: 5 + index })),
  );
  await committed();
  await early;
  await committed();
  await Promise.all(late);
  expect(store.groups.map((group) => group.length)).toEqual([3, 1, 50]);
  expect(shown).toHaveLength(54);
});

test("nothing is acknowledged or shown before the commit", async () => {
  const { store, writer, shown } = openWriter();
  let acked = false;
  const ack = writer.write(makeGated()).then(() => {
    acked = true;
  });
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect({ groups: store.groups.length, acked, shown }).toEqual({
    groups: 1,
    acked: false,
    shown: [],
  });
  await store.commit();
  await ack;
  expect(shown).toEqual([1]);
});

test("two of the same number never meet in one group", async () => {
  const { store, writer } = openWriter();
  const twins = [
    writer.write(makeGated()),
    writer.write(makeGated()),
    writer.write(makeGated({ seq: 2 })),
  ];
  await store.commit();
  await store.commit("duplicate");
  expect(await statuses(twins)).toEqual(["stored", "duplicate", "stored"]);
  expect(store.groups.map((group) => group.map(({ batch }) => batch.seq))).toEqual([[1, 2], [1]]);
});

test("a group is bounded, and one batch above the bound still goes, alone", async () => {
  const { store, writer } = openWriter({ maxGroupEvents: 5 });
  const spans = Array.from({ length: 9 }, () => makeSpan());
  const acks = [
    writer.write(makeGated({ seq: 1, spans })),
    writer.write(makeGated({ seq: 2 })),
    writer.write(makeGated({ seq: 3 })),
    writer.write(makeGated({ seq: 4 })),
  ];
  for (let group = 0; group < 3; group++) await store.commit();
  await Promise.all(acks);
  expect(store.groups.map((group) => group.map(({ batch }) => batch.seq))).toEqual([
    [1],
    [2, 3],
    [4],
  ]);
});

test("above the bound on waiting the answer is retry at once; below it again batches are taken", async () => {
  const { store, writer } = openWriter({ maxWaitingEvents: 10 });
  const taken = [1, 2, 3, 4, 5].map((seq) => writer.write(makeGated({ seq })));
  expect(await writer.write(makeGated({ seq: 6 }))).toEqual({
    epoch: 1,
    seq: 6,
    status: "retry",
    retryAfter: 5,
  });
  await store.commit();
  expect(await statuses(taken)).toEqual(Array(5).fill("stored"));
  const again = writer.write(makeGated({ seq: 6 }));
  await store.commit();
  expect((await again).status).toBe("stored");
});

test("batches without events are bounded like others", async () => {
  const { store, writer } = openWriter({ maxWaitingEvents: 10 });
  const empty = Array.from({ length: 30 }, (_, index) =>
    writer.write(makeGated({ seq: index + 1, spans: [] })),
  );
  await store.commit();
  const answers = await statuses(empty);
  expect(answers.filter((status) => status === "retry")).toHaveLength(20);
  expect(store.groups[0]).toHaveLength(10);
});

test.each(["22021", "23502"])(
  "a batch the database cannot hold (%s) is refused, its neighbours are stored",
  async (code) => {
    const { writer, failures } = openWriter({
      writeGroup: async (batches) => {
        if (batches.some(({ batch }) => batch.seq === 2)) throw databaseError(code);
        return batches.map(() => "stored");
      },
    });
    const acks = await Promise.all([1, 2, 3].map((seq) => writer.write(makeGated({ seq }))));
    expect(acks.map((ack) => ack.status)).toEqual(["stored", "refused", "stored"]);
    expect(acks[1]?.refusals).toEqual([
      { path: "(root)", reason: "the database cannot hold a value of this batch" },
    ]);
    expect(failures).toHaveLength(2);
  },
);

test.each(["XX000", "54000", "42501"])(
  "an error of another kind (%s) that one batch gives keeps nobody else out",
  async (code) => {
    const { writer } = openWriter({
      writeGroup: async (batches) => {
        if (batches.some(({ batch }) => batch.seq === 2)) throw databaseError(code);
        return batches.map(() => "stored");
      },
    });
    const acks = [1, 2, 3].map((seq) => writer.write(makeGated({ seq })));
    expect(await statuses(acks)).toEqual(["stored", "retry", "stored"]);
  },
);

test.each([
  ["a broken connection", new Error("Connection terminated unexpectedly")],
  ["EPIPE", Object.assign(new Error("write EPIPE"), { code: "EPIPE" })],
  ["a full disk", databaseError("53100")],
  ["a shutdown", databaseError("57P01")],
  ["a deadlock", databaseError("40P01")],
])("on %s all are asked for again, after one try", async (_name, error) => {
  let tries = 0;
  const { writer, shown } = openWriter({
    writeGroup: async () => {
      tries++;
      throw error;
    },
  });
  const acks = await Promise.all([1, 2, 3].map((seq) => writer.write(makeGated({ seq }))));
  expect(acks).toEqual([1, 2, 3].map((seq) => ({ epoch: 1, seq, status: "retry", retryAfter: 5 })));
  expect({ tries, shown }).toEqual({ tries: 1, shown: [] });
});

test("drain waits for what is being written and what waits behind it, and then the writer still works", async () => {
  const { store, writer } = openWriter({ maxGroupEvents: 2 });
  const acks = [1, 2, 3].map((seq) => writer.write(makeGated({ seq })));
  let drained = false;
  const drain = writer.drain().then(() => {
    drained = true;
  });
  await store.commit();
  await store.commit();
  await acks[1];
  expect(drained).toBe(false);
  await store.fail(new Error("gone"));
  await drain;
  expect(await statuses(acks)).toEqual(["stored", "stored", "retry"]);
  await writer.drain();
  const after = writer.write(makeGated({ seq: 4 }));
  await store.commit();
  expect((await after).status).toBe("stored");
});
