import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Gap } from "#schema/batch";
import { readDay } from "#server/database/person-day";
import { NOW } from "#test/server/ingest/batches";
import { openTestStore, type TestStore } from "#test/support/database";
import { addPerson, record } from "./recorded.ts";

let store: TestStore;

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(async () => {
  await store.drop();
});

/** Stores batches with these numbers, then tells these losses; what the person's day says of them. */
async function tell(held: number[], told: Omit<Gap, "epoch" | "reason">[], epoch = 1) {
  const person = await addPerson(store);
  const workstation = randomUUID();
  await record(
    store,
    person,
    held.map((seq) => ({ workstation, epoch, seq })),
  );
  for (const [index, range] of told.entries())
    await record(store, person, [
      {
        workstation,
        epoch: 9,
        seq: index + 1,
        spans: [],
        gap: { epoch, reason: "full", ...range },
      },
    ]);
  const { gaps } = await readDay(store, person, NOW, "2026-11-25");
  return gaps.map(({ fromSeq, toSeq }) => [fromSeq, toSeq]);
}

test("a loss is on the day it was told, with its reason", async () => {
  const person = await addPerson(store);
  const gap: Gap = { epoch: 2, fromSeq: 3, toSeq: 7, reason: "corrupt" };
  await record(store, person, [{ workstation: randomUUID(), epoch: 3, spans: [], gap }]);
  const { gaps } = await readDay(store, person, NOW, "2026-11-25");
  expect(gaps).toEqual([{ ...gap, toldAt: "2026-11-25T13:00:00.000+01:00" }]);
});

test("of what is told as lost, what the store holds is none", async () => {
  expect(await tell([5], [{ fromSeq: 5, toSeq: 5 }])).toEqual([]);
  expect(await tell([4, 5, 6], [{ fromSeq: 4, toSeq: 6 }])).toEqual([]);
  expect(await tell([5, 8], [{ fromSeq: 3, toSeq: 10 }])).toEqual([
    [3, 4],
    [6, 7],
    [9, 10],
  ]);
  expect(await tell([3, 10], [{ fromSeq: 3, toSeq: 10 }])).toEqual([[4, 9]]);
  expect(await tell([2, 11], [{ fromSeq: 3, toSeq: 10 }])).toEqual([[3, 10]]);
});

test("the longest range there is costs nothing, and the same loss told twice is told once", async () => {
  const whole = { fromSeq: 1, toSeq: Number.MAX_SAFE_INTEGER };
  expect(await tell([2], [whole, whole])).toEqual([
    [1, 1],
    [3, Number.MAX_SAFE_INTEGER],
  ]);
});

test("one workstation's receipts say nothing of another's losses", async () => {
  await tell([5], []);
  expect(await tell([], [{ fromSeq: 5, toSeq: 5 }])).toEqual([[5, 5]]);
});
