import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { archive } from "#schema/archive";
import { type Batch, batch as batchSchema } from "#schema/batch";
import { day } from "#schema/day";
import { localDateOf, millisecondsOf } from "#schema/time";
import { readMarks, readSpans, readTallies } from "#server/database/activity-read";
import { readArchive, readDay } from "#server/database/person-day";
import { compressRawBefore } from "#server/database/retention";
import { asRole } from "#server/database/store";
import { arbitraryBatch } from "#test/server/ingest/arbitrary-batch";
import { makeMark, makeSpan, makeTally, NOW, openCharter } from "#test/server/ingest/batches";
import { openTestStore, type TestStore } from "#test/support/database";
import { addPerson, byId, eventsOf, record } from "./recorded.ts";

const seed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000);
const everything = {
  from: new Date("2026-11-01T00:00:00.000Z"),
  to: new Date("2026-12-01T00:00:00.000Z"),
};

let store: TestStore;
let person: string;
let other: string;
/** What was stored of `person`. */
let batches: Batch[];

beforeAll(async () => {
  store = await openTestStore();
  person = await addPerson(store);
  other = await addPerson(store);
  const [mine, theirs] = [randomUUID(), randomUUID()];
  const sample = (workstation: string, from: number) =>
    fc
      .sample(arbitraryBatch, { numRuns: 40, seed: from })
      .map((value, index) => batchSchema.parse({ ...value, workstation, seq: index + 1 }));
  batches = sample(mine, seed);
  await record(store, person, batches);
  await record(store, other, sample(theirs, seed + 1));
});
afterAll(async () => {
  await store.drop();
});

const readAll = (who: string) =>
  asRole(
    store,
    "etabli_subject",
    async (db) => ({
      spans: await readSpans(db, everything),
      marks: await readMarks(db, everything),
      tallies: await readTallies(db, everything),
    }),
    who,
  );

async function expectAllThere(): Promise<void> {
  const wanted = eventsOf(batches);
  const found = await readAll(person);
  expect(byId(found.spans)).toEqual(wanted.spans);
  expect(byId(found.marks)).toEqual(wanted.marks);
  expect(byId(found.tallies)).toEqual(wanted.tallies);
}

test(`every field of every event comes back as it was sent, an absent one stays absent (seed ${seed})`, async () => {
  await expectAllThere();
  const starts = (await readAll(person)).spans.map((span) => millisecondsOf(span.start));
  expect(starts).toEqual(starts.toSorted((a, b) => a - b));
});

test(`the archive holds all of one's own record and nothing of others (seed ${seed})`, async () => {
  const mine = archive.parse(await readArchive(store, person, NOW, openCharter));
  const wanted = eventsOf(batches);
  expect(byId(mine.spans)).toEqual(wanted.spans);
  expect(byId(mine.marks)).toEqual(wanted.marks);
  expect(byId(mine.tallies)).toEqual(wanted.tallies);
  for (const span of mine.spans) {
    expect(millisecondsOf(span.start)).toBeGreaterThanOrEqual(millisecondsOf(mine.from));
    expect(millisecondsOf(span.end)).toBeLessThanOrEqual(millisecondsOf(mine.to));
  }
  const theirs = await readArchive(store, other, NOW, openCharter);
  const ids = new Set(mine.spans.map(({ id }) => id));
  expect(theirs.spans.length).toBeGreaterThan(0);
  expect(theirs.spans.filter(({ id }) => ids.has(id))).toEqual([]);
});

test(`the days together show every span on each day it touches and every mark once (seed ${seed})`, async () => {
  const seen = new Map<string, number>();
  const dates = Array.from({ length: 16 }, (_, index) => `2026-11-${11 + index}`);
  for (const date of dates) {
    const read = day.parse(await readDay(store, person, NOW, date));
    for (const { id } of [...read.spans, ...read.marks])
      if (id) seen.set(id, (seen.get(id) ?? 0) + 1);
  }
  const wanted = new Map<string, number>();
  const { spans, marks } = eventsOf(batches);
  for (const [id, span] of spans) {
    const [start, end] = [millisecondsOf(span.start), millisecondsOf(span.end)];
    const last = Math.max(start, end - 1);
    const [first, final] = [start, last].map((at) => localDateOf(at, "Europe/Paris"));
    wanted.set(id, dates.filter((date) => date >= (first ?? "") && date <= (final ?? "")).length);
  }
  for (const id of marks.keys()) wanted.set(id, 1);
  expect(seen).toEqual(wanted);
});

test("in the columnstore the same events are held, and late ones still come in", async () => {
  await compressRawBefore(store, NOW);
  const { rows } = await store.pool.query(
    "select count(*)::integer as n from timescaledb_information.chunks where is_compressed",
  );
  expect(rows[0].n).toBeGreaterThan(10);
  await expectAllThere();
  const late: Partial<Batch> = {
    workstation: randomUUID(),
    spans: [
      makeSpan({ start: "2026-11-14T10:00:00.000+01:00", end: "2026-11-14T10:00:00.000+01:00" }),
      makeSpan({
        kind: "focus",
        label: "crm",
        start: "2026-11-14T10:00:00.000+01:00",
        end: "2026-11-14T10:01:00.000+01:00",
      }),
    ],
    marks: [makeMark({ at: "2026-11-14T10:00:00.000+01:00" })],
    tallies: [makeTally({ start: "2026-11-14T10:00:00.000+01:00" })],
  };
  await record(store, person, [late]);
  const found = await readAll(person);
  expect(found.spans.filter(({ id }) => id?.startsWith(`${late.workstation}`))).toHaveLength(2);
  expect(found.marks.filter(({ id }) => id?.startsWith(`${late.workstation}`))).toHaveLength(1);
  expect(found.tallies.filter(({ id }) => id?.startsWith(`${late.workstation}`))).toHaveLength(1);
});

test("asked for one workstation, only its events come", async () => {
  const workstation = randomUUID();
  await record(store, person, [{ workstation, marks: [makeMark()], tallies: [makeTally()] }]);
  const range = { ...everything, workstation };
  const found = await asRole(
    store,
    "etabli_subject",
    async (db) => [
      ...(await readSpans(db, range)),
      ...(await readMarks(db, range)),
      ...(await readTallies(db, range)),
    ],
    person,
  );
  expect(found.map(({ id }) => id)).toEqual(
    [0, 1, 2].map((index) => `${workstation}/1/1/${index}`),
  );
});
