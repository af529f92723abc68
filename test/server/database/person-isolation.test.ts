import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { storeBatches } from "#server/database/activity-write";
import { readDay } from "#server/database/person-day";
import { asRole } from "#server/database/store";
import { makeGated, makeMark, makeSpan, makeTally, NOW } from "#test/server/ingest/batches";
import { openTestStore, type TestStore } from "#test/support/database";
import { addPerson, record } from "./recorded.ts";

let store: TestStore;
let person: string;
let other: string;

beforeAll(async () => {
  store = await openTestStore();
  person = await addPerson(store);
  other = await addPerson(store);
  for (const [who, label] of [
    [person, "mine"],
    [other, "theirs"],
  ] as const) {
    const workstation = randomUUID();
    await record(store, who, [
      {
        workstation,
        spans: [makeSpan({ label }), makeSpan({ kind: "focus", label: "crm", task: label })],
        marks: [makeMark({ kind: "off_script", label })],
        tallies: [makeTally()],
        gap: { epoch: 1, fromSeq: 7, toSeq: 9, reason: "full" },
      },
    ]);
    await store.pool.query(
      "insert into schedule (person, started_at, ended_at) values ($1, $2::timestamptz, $2::timestamptz + interval '8 hours')",
      [who, NOW],
    );
    await store.pool.query(
      "insert into workstation (id, person, public_key, by_token, enrolled_at) values ($1, $2, '\\x00', false, $3)",
      [workstation, who, NOW],
    );
  }
});
afterAll(async () => {
  await store.drop();
});

const views = [
  "my_person",
  "my_schedule",
  "my_workstation",
  "my_work_span",
  "my_focus_span",
  "my_mark",
  "my_tally",
  "my_gap",
  "my_receipt",
];
const countIn = (view: string, as?: string) =>
  asRole(
    store,
    "etabli_subject",
    async (db) => Number((await db.query(`select count(*) as n from ${view}`)).rows[0].n),
    as,
  );

test("every view shows one's own row and not the other person's", async () => {
  for (const view of views) expect(`${view} ${await countIn(view, person)}`).toBe(`${view} 1`);
});

test("without a person, or as one who is not there, every view is empty", async () => {
  for (const view of views) {
    expect(`${view} ${await countIn(view)}`).toBe(`${view} 0`);
    expect(`${view} ${await countIn(view, "")}`).toBe(`${view} 0`);
    expect(`${view} ${await countIn(view, randomUUID())}`).toBe(`${view} 0`);
  }
});

test("the person of one transaction is gone in the next, whether it ended well or not", async () => {
  expect(await countIn("my_work_span", person)).toBe(1);
  expect(await countIn("my_work_span")).toBe(0);
  const failing = asRole(
    store,
    "etabli_subject",
    (db) => db.query("select * from my_work_span where label = (select 1/0)::text"),
    person,
  );
  await expect(failing).rejects.toThrow("division by zero");
  expect(await countIn("my_work_span")).toBe(0);
  const { rows } = await store.pool.query("select current_user = session_user as own");
  expect(rows).toEqual([{ own: true }]);
});

test("many at once: each reads their own day and never another's", async () => {
  const days = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      readDay(store, index % 2 === 0 ? person : other, NOW, "2026-11-25"),
    ),
  );
  for (const [index, day] of days.entries())
    expect(day.marks.map(({ label }) => label)).toEqual([index % 2 === 0 ? "mine" : "theirs"]);
});

test("a person's id cannot carry SQL", async () => {
  const nasty = `${person}'; reset role; set local etabli.person = '${other}`;
  await expect(countIn("my_work_span", nasty)).rejects.toThrow(/invalid input syntax/);
});

test("a function of the reader's own is not shown the rows it may not see", async () => {
  const read = asRole(
    store,
    "etabli_subject",
    async (db) => {
      await db.query(
        `create function pg_temp.peek(label text) returns boolean language plpgsql cost 0.0001 as
         $$ begin if label = 'theirs' then raise exception 'seen'; end if; return true; end $$`,
      );
      return (await db.query("select label from my_work_span where pg_temp.peek(label)")).rows;
    },
    person,
  );
  expect(await read).toEqual([{ label: "mine" }]);
});

test("a temporary table does not stand for the receipts", async () => {
  const workstation = randomUUID();
  await storeBatches(store, [makeGated({ workstation }, person)], NOW);
  const claimed = await asRole(store, "etabli_ingest", async (db) => {
    await db.query(
      `create temporary table receipt (workstation uuid, epoch integer, seq bigint, sha256 bytea, stored_at timestamptz,
         primary key (workstation, epoch, seq)) on commit drop`,
    );
    await db.query("grant all on receipt to public");
    const asked = [[workstation], [1], [1], [Buffer.alloc(32)], NOW];
    return (await db.query("select outcome from claim_receipts($1, $2, $3, $4, $5)", asked)).rows;
  });
  expect(claimed).toEqual([{ outcome: "conflict" }]);
});
