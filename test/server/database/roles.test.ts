import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compressRawBefore } from "#server/database/retention";
import { asRole, type DatabaseRole } from "#server/database/store";
import { makeMark, makeSpan, makeTally } from "#test/server/ingest/batches";
import { openTestStore, type TestStore } from "#test/support/database";
import { addPerson, record } from "./recorded.ts";
import { databaseRoles } from "./schema-text.ts";

const roles = databaseRoles.filter((role): role is DatabaseRole => role !== "etabli_owner");

/** Who may do what with every relation of ours; a relation that is not named here fails the test. */
const intended: Record<string, Partial<Record<DatabaseRole, string>>> = {
  migration: {},
  site: {
    etabli_operator: "select insert update",
    etabli_auth: "select",
    etabli_subject: "select",
    etabli_jobs: "select",
    etabli_ingest: "select",
  },
  charter: {
    etabli_operator: "select insert",
    etabli_auth: "select",
    etabli_subject: "select",
    etabli_ingest: "select",
    etabli_jobs: "select",
    etabli_audit: "select",
    etabli_health: "select",
  },
  team: { etabli_operator: "select insert update" },
  person: { etabli_operator: "select insert update", etabli_auth: "select(id,login,name,zone)" },
  schedule: { etabli_operator: "select insert update delete" },
  account: {
    etabli_operator: "select(id,login,name,role,person,created_at)",
    etabli_auth: "select insert update delete",
  },
  session: { etabli_auth: "select insert update delete" },
  invitation: { etabli_operator: "insert", etabli_auth: "select insert update" },
  enrolment: {
    etabli_operator: "insert",
    etabli_auth: "select(code_hash,kind,expires_at)",
  },
  workstation: {
    etabli_operator: "select(id,person,enrolled_at,revoked_at) update(revoked_at)",
    etabli_auth: "select update(epoch,seen_on)",
  },
  receipt: {},
  gap: {},
  work_span: { etabli_ingest: "insert" },
  focus_span: { etabli_ingest: "insert" },
  mark: { etabli_ingest: "insert" },
  tally: { etabli_ingest: "insert" },
  queue_half_hour: {
    etabli_ingest: "select insert update",
    etabli_subject: "select",
    etabli_health: "select",
    etabli_audit: "select",
    etabli_jobs: "select",
  },
  my_person: { etabli_subject: "select" },
  my_enrolment: { etabli_subject: "insert" },
  my_schedule: { etabli_subject: "select" },
  my_workstation: { etabli_subject: "select" },
  my_work_span: { etabli_subject: "select" },
  my_focus_span: { etabli_subject: "select" },
  my_mark: { etabli_subject: "select" },
  my_tally: { etabli_subject: "select" },
  my_gap: { etabli_subject: "select" },
  my_receipt: { etabli_subject: "select" },
};

/** Who may call every function of ours. */
const callable: Record<string, DatabaseRole> = {
  claim_receipts: "etabli_ingest",
  tell_gaps: "etabli_ingest",
  enrol_workstation: "etabli_auth",
  count_seen_workstations: "etabli_operator",
  drop_raw_before: "etabli_jobs",
  compress_raw_before: "etabli_jobs",
};

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
  ] as const)
    await record(store, who, [
      {
        workstation: randomUUID(),
        spans: [makeSpan({ label }), makeSpan({ kind: "focus", label: "crm", task: label })],
        marks: [makeMark({ kind: "off_script", label })],
        tallies: [makeTally()],
        gap: { epoch: 1, fromSeq: 7, toSeq: 9, reason: "full" },
      },
      {
        workstation: randomUUID(),
        spans: [
          makeSpan({
            label,
            start: "2026-11-20T09:00:00.000+01:00",
            end: "2026-11-20T09:01:00.000+01:00",
          }),
        ],
      },
    ]);
  await compressRawBefore(store, new Date("2026-11-22T00:00:00.000Z"));
  await store.pool.query("analyze");
});
afterAll(async () => {
  await store.drop();
});

const refusedWith = (role: DatabaseRole, sql: string, as?: string) =>
  asRole(store, role, (db) => db.query(sql), as).then(
    () => "allowed",
    (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : "?"),
  );

test("the roles can do nothing by themselves: no sign-in, no power, no membership in one another", async () => {
  const { rows } = await store.pool.query(
    `select rolname::text as name, rolcanlogin or rolsuper or rolinherit or rolcreaterole or rolcreatedb or rolbypassrls
       or rolreplication as powerful,
       exists (select from pg_auth_members m where m.member = r.oid) as member
     from pg_roles r where rolname = any ($1)`,
    [databaseRoles],
  );
  expect(rows).toHaveLength(databaseRoles.length);
  expect(rows.filter((row) => row.powerful || row.member)).toEqual([]);
});

test("each role has exactly the grants that are intended, on every table and view there is", async () => {
  const { rows } = await store.pool.query(
    `select c.relname::text as relation, r.role,
       (select string_agg(p, ' ' order by n) from (
          select p, n from unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger'])
            with ordinality as whole (p, n) where has_table_privilege(r.role, c.oid, p)
          union all
          select p || '(' || string_agg(a.attname, ',' order by a.attnum) || ')', n
          from unnest(array['select', 'insert', 'update', 'references']) with ordinality as part (p, n)
          join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and has_column_privilege(r.role, c.oid, a.attnum, p)
          where not has_table_privilege(r.role, c.oid, p) group by p, n) g) as grants
     from pg_class c cross join unnest($1::text[]) as r (role)
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm', 'p', 'f', 'S')`,
    [roles],
  );
  const found: typeof intended = {};
  for (const { relation, role, grants } of rows) {
    found[relation] ??= {};
    if (grants !== null) Object.assign(found[relation] ?? {}, { [role]: grants });
  }
  expect(found).toEqual(intended);
});

test("reading what is not granted fails in the database, reading what is granted does not", async () => {
  for (const role of roles)
    for (const [relation, grants] of Object.entries(intended)) {
      const granted = /\bselect(?!\()/.test(grants[role] ?? "");
      const answer = await refusedWith(role, `select * from ${relation}`, person);
      expect(`${role} ${relation} ${answer}`).toBe(
        `${role} ${relation} ${granted ? "allowed" : "42501"}`,
      );
    }
});

test("deleting and emptying what is not granted fails in the database", async () => {
  for (const role of roles)
    for (const [relation, grants] of Object.entries(intended)) {
      const may = grants[role] ?? "";
      if (!may.includes("delete"))
        expect(await refusedWith(role, `delete from ${relation}`, person)).toMatch(/42501/);
      if (!relation.startsWith("my_"))
        expect(await refusedWith(role, `truncate ${relation} cascade`)).toBe("42501");
    }
});

test("no role reads a chunk or a compressed chunk directly", async () => {
  const { rows } = await store.pool.query<{ chunk: string }>(
    `select format('%I.%I', n.nspname, c.relname) as chunk
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = '_timescaledb_internal' and c.relkind in ('r', 'v', 'm', 'p')
       and c.relname ~ '^(_hyper_|_compressed_hyper|compress_hyper|_materialized)'`,
  );
  const compressed = rows.filter(({ chunk }) => chunk.includes("compress_hyper"));
  expect(rows.length - compressed.length).toBeGreaterThan(4);
  expect(compressed.length).toBeGreaterThan(0);
  for (const role of roles)
    for (const { chunk } of rows) {
      const answer = await refusedWith(role, `select * from ${chunk}`, person);
      // The parent of compressed chunks is no table one can read at all.
      expect(`${role} ${chunk} ${answer}`).toMatch(/ 42501$|compressed_hypertable_\d+ XX00[01]$/);
    }
});

test("each function of ours is called by its own role and by no other", async () => {
  const { rows } = await store.pool.query(
    `select p.proname::text as name, r.role
     from pg_proc p cross join unnest($1::text[]) as r (role)
     where p.pronamespace = 'public'::regnamespace and has_function_privilege(r.role, p.oid, 'execute')
       and not exists (select from pg_depend d where d.objid = p.oid and d.classid = 'pg_proc'::regclass and d.deptype = 'e')`,
    [roles],
  );
  expect(Object.fromEntries(rows.map(({ name, role }) => [name, role]))).toEqual(callable);
  expect(rows).toHaveLength(Object.keys(callable).length);
});

test("no role changes the tables' making: hypertables, chunks, compression, jobs", async () => {
  const attempts = [
    "select drop_chunks('work_span', older_than => now())",
    "select decompress_chunk(chunk) from show_chunks('work_span') as chunk",
    "select compress_chunk(chunk) from show_chunks('work_span') as chunk",
    "select add_retention_policy('work_span', interval '1 day')",
    "create table public.mine (n integer)",
    "create view public.mine as select 1 as one",
    "alter table work_span add column title text",
    "create function public.mine() returns integer language sql as 'select 1'",
  ];
  for (const role of roles)
    for (const sql of attempts)
      expect(`${role}: ${sql} ${await refusedWith(role, sql)}`).toBe(`${role}: ${sql} 42501`);
});

test("statistics tell no role what values the tables hold, nor what others are asking", async () => {
  const { rows } = await store.pool.query(
    "select count(*)::integer as n from pg_stats where tablename in ('work_span', 'receipt', 'person')",
  );
  expect(rows[0].n).toBeGreaterThan(0);
  for (const role of roles) {
    const seen = await asRole(store, role, (db) =>
      db.query(
        `select tablename, attname from pg_stats
         where schemaname = '_timescaledb_internal' or tablename in ('work_span', 'focus_span', 'mark', 'tally', 'receipt', 'gap')`,
      ),
    );
    expect(seen.rows).toEqual([]);
    const asking = await asRole(store, role, (db) =>
      db.query(
        "select query from pg_stat_activity where query not in ('', '<insufficient privilege>')",
      ),
    );
    expect(asking.rows).toEqual([]);
  }
});
