import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Mark, Span } from "#schema/activity";
import { readArchive, readDay } from "#server/database/person-day";
import { openStore, type Store } from "#server/database/store";
import { makeMark, makeSpan, NOW, openCharter } from "#test/server/ingest/batches";
import { openTestStore, type TestStore } from "#test/support/database";
import { addPerson, record } from "./recorded.ts";

let made: TestStore;
/** The same store under a database zone that changes its clocks, as a server may keep it. */
let store: Store;

beforeAll(async () => {
  made = await openTestStore();
  const paris = "set timezone = 'Europe/Paris'";
  if ("folder" in made.location) {
    await made.pool.query(paris);
    store = made;
    return;
  }
  await made.pool.query(
    `do $$ begin execute format('alter database %I ${paris.replaceAll("'", "''")}', current_database()); end $$`,
  );
  store = await openStore(made.location);
});
afterAll(async () => {
  if (store !== made) await store.close();
  await made.drop();
});

async function recordOne(spans: Span[], marks: Mark[] = [], zone?: string): Promise<string> {
  const person = await addPerson(store, zone);
  await record(store, person, [{ workstation: randomUUID(), spans, marks }]);
  return person;
}
const spansOn = async (person: string, date: string) =>
  (await readDay(store, person, NOW, date)).spans.map((span) => span.label);
const at = (label: string, start: string, end = start) => makeSpan({ label, start, end });

test("the day of the spring change has 23 hours, that of the autumn change 25, and both hold what is in them", async () => {
  const person = await recordOne([
    at("spring-first", "2026-03-29T00:00:00.000+01:00", "2026-03-29T00:01:00.000+01:00"),
    at("spring-over", "2026-03-29T01:59:00.000+01:00", "2026-03-29T03:01:00.000+02:00"),
    at("spring-last", "2026-03-29T23:59:00.000+02:00", "2026-03-30T00:00:00.000+02:00"),
    at("autumn-first", "2026-10-25T00:00:00.000+02:00", "2026-10-25T00:01:00.000+02:00"),
    at("autumn-twice", "2026-10-25T02:30:00.000+02:00", "2026-10-25T02:30:00.000+01:00"),
    at("autumn-last", "2026-10-25T23:59:00.000+01:00", "2026-10-26T00:00:00.000+01:00"),
  ]);
  expect(await readDay(store, person, NOW, "2026-03-29")).toMatchObject({
    from: "2026-03-29T00:00:00.000+01:00",
    to: "2026-03-30T00:00:00.000+02:00",
  });
  expect(await spansOn(person, "2026-03-28")).toEqual([]);
  expect(await spansOn(person, "2026-03-29")).toEqual([
    "spring-first",
    "spring-over",
    "spring-last",
  ]);
  expect(await spansOn(person, "2026-03-30")).toEqual([]);
  expect(await readDay(store, person, NOW, "2026-10-25")).toMatchObject({
    from: "2026-10-25T00:00:00.000+02:00",
    to: "2026-10-26T00:00:00.000+01:00",
  });
  expect(await spansOn(person, "2026-10-25")).toEqual([
    "autumn-first",
    "autumn-twice",
    "autumn-last",
  ]);
  const [, twice] = (await readDay(store, person, NOW, "2026-10-25")).spans;
  expect(twice).toMatchObject({
    start: "2026-10-25T02:30:00.000+02:00",
    end: "2026-10-25T02:30:00.000+01:00",
  });
});

test("a span of 24 hours that ends just after midnight shows on both days, also over a clock change", async () => {
  const person = await recordOne([
    at("plain", "2026-11-19T00:00:00.001+01:00", "2026-11-20T00:00:00.001+01:00"),
    // 23 hours by the clock on the wall, 24 in truth, and the other way round.
    at("spring", "2026-03-28T23:00:00.001+01:00", "2026-03-30T00:00:00.001+02:00"),
    at("autumn", "2026-10-25T01:00:00.001+02:00", "2026-10-26T00:00:00.001+01:00"),
  ]);
  expect(await spansOn(person, "2026-11-19")).toEqual(["plain"]);
  expect(await spansOn(person, "2026-11-20")).toEqual(["plain"]);
  expect(await spansOn(person, "2026-11-21")).toEqual([]);
  for (const date of ["2026-03-28", "2026-03-29", "2026-03-30"])
    expect(await spansOn(person, date)).toEqual(["spring"]);
  expect(await spansOn(person, "2026-10-25")).toEqual(["autumn"]);
  expect(await spansOn(person, "2026-10-26")).toEqual(["autumn"]);
});

test("midnight belongs to the day it begins: a span that ends there is yesterday's, one without length today's", async () => {
  const person = await recordOne(
    [
      at("ends", "2026-11-19T23:00:00.000+01:00", "2026-11-20T00:00:00.000+01:00"),
      at("point", "2026-11-20T00:00:00.000+01:00"),
      at("begins", "2026-11-20T00:00:00.000+01:00", "2026-11-20T00:05:00.000+01:00"),
      at("last-point", "2026-11-20T23:59:59.999+01:00"),
    ],
    [makeMark({ at: "2026-11-20T00:00:00.000+01:00" })],
  );
  expect(await spansOn(person, "2026-11-19")).toEqual(["ends"]);
  expect(await spansOn(person, "2026-11-20")).toEqual(["point", "begins", "last-point"]);
  expect((await readDay(store, person, NOW, "2026-11-19")).marks).toHaveLength(0);
  expect((await readDay(store, person, NOW, "2026-11-20")).marks).toHaveLength(1);
});

test("the first and last day one can walk to hold something", async () => {
  const ending = await recordOne([
    at("late", "2026-11-19T23:00:00.000+01:00", "2026-11-20T00:00:00.000+01:00"),
  ]);
  expect(await readDay(store, ending, NOW)).toMatchObject({
    firstDate: "2026-11-19",
    lastDate: "2026-11-19",
  });
  const point = await recordOne([at("point", "2026-11-20T00:00:00.000+01:00")]);
  expect(await readDay(store, point, NOW)).toMatchObject({
    firstDate: "2026-11-20",
    lastDate: "2026-11-20",
  });
  expect((await readArchive(store, point, NOW, openCharter)).spans).toHaveLength(1);
  const nobody = await addPerson(store);
  expect(await readDay(store, nobody, NOW)).toMatchObject({ firstDate: null, lastDate: null });
});

test("the same instant is another day for a person who lives elsewhere, whatever offset it was written with", async () => {
  const moment = [at("call", "2026-11-20T03:00:00.000+01:00", "2026-11-20T03:10:00.000+01:00")];
  const paris = await recordOne(moment);
  const stJohns = await recordOne(moment, [], "America/St_Johns");
  const kiritimati = await recordOne(moment, [], "Pacific/Kiritimati");
  expect(await spansOn(paris, "2026-11-20")).toEqual(["call"]);
  expect(await spansOn(stJohns, "2026-11-19")).toEqual(["call"]);
  expect(await spansOn(stJohns, "2026-11-20")).toEqual([]);
  expect(await spansOn(kiritimati, "2026-11-20")).toEqual(["call"]);
  expect(await readDay(store, stJohns, NOW, "2026-11-19")).toMatchObject({
    from: "2026-11-19T00:00:00.000-03:30",
  });
});

test("the farthest times a deadline may name come back as they were written", async () => {
  const dues = [
    "0001-01-01T00:00:00.000+00:00",
    "0001-01-01T00:00:00.000+14:00",
    "1970-01-01T00:00:00.000-15:59",
    "9999-12-31T23:59:59.999+00:00",
    "9999-12-31T23:59:59.999-15:59",
  ];
  const person = await recordOne(
    [],
    dues.map((due) => makeMark({ kind: "deadline", at: "2026-11-20T10:00:00.000+01:00", due })),
  );
  const { marks } = await readDay(store, person, NOW, "2026-11-20");
  expect(marks.map(({ due }) => due)).toEqual(dues);
});
