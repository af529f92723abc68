import type { Store } from "#server/database/store";

/** The roles of this program; a cluster may have others. */
export const databaseRoles = [
  "etabli_owner",
  "etabli_ingest",
  "etabli_subject",
  "etabli_health",
  "etabli_vault",
  "etabli_audit",
  "etabli_operator",
  "etabli_auth",
  "etabli_jobs",
] as const;

/** Our relations only: what TimescaleDB adds of its own lives in other schemas or belongs to the extension. */
const ours = `
  select c.oid, c.relname::text as name, c.relkind as kind, c.relacl as acl, c.relowner as owner, c.reloptions as options
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm', 'p', 'S', 'f')
    and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')`;

const ownFunctions = `
  select p.oid, p.proname::text as name, pg_get_function_identity_arguments(p.oid) as arguments, p.proacl as acl,
    p.proowner as owner
  from pg_proc p
  where p.pronamespace = 'public'::regnamespace
    and not exists (select from pg_depend d where d.objid = p.oid and d.classid = 'pg_proc'::regclass and d.deptype = 'e')`;

const queries: [title: string, sql: string][] = [
  [
    "roles",
    `select format('%s%s%s%s%s', rolname, case when rolcanlogin then ' login' end, case when rolsuper then ' superuser' end,
       case when rolinherit then ' inherit' end, case when rolcreaterole or rolcreatedb or rolbypassrls then ' powers' end)
     from pg_roles where rolname in (${databaseRoles.map((role) => `'${role}'`).join()}) order by rolname`,
  ],
  [
    "relations",
    `select format('%s %s owner %s %s', case kind when 'r' then 'table' when 'v' then 'view' else kind::text end, name,
       case when pg_get_userbyid(owner) like 'etabli\\_%' then pg_get_userbyid(owner) else 'database owner' end,
       coalesce(array_to_string(options, ' '), ''))
     from (${ours}) r order by name`,
  ],
  [
    "columns",
    `select format('%s.%s %s%s%s', name, a.attname, format_type(a.atttypid, a.atttypmod),
       case when a.attnotnull then ' not null' end, ' default ' || pg_get_expr(d.adbin, d.adrelid))
     from (${ours}) r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
     left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
     order by name, a.attnum`,
  ],
  [
    "constraints",
    `select format('%s: %s', name, pg_get_constraintdef(k.oid))
     from (${ours}) r join pg_constraint k on k.conrelid = r.oid and k.contype in ('p', 'u', 'f', 'c', 'x')
     order by name, k.contype, pg_get_constraintdef(k.oid)`,
  ],
  [
    "indexes",
    `select replace(pg_get_indexdef(i.indexrelid), 'public.', '')
     from (${ours}) r join pg_index i on i.indrelid = r.oid order by name, 1`,
  ],
  [
    "hypertables",
    `select format('%s by %s every %s', hypertable_name, column_name, time_interval)
     from timescaledb_information.dimensions where hypertable_schema = 'public' order by hypertable_name`,
  ],
  [
    "columnstore",
    `select format('%s segment by %s order by %s', hypertable_name,
       string_agg(attname, ', ' order by segmentby_column_index) filter (where segmentby_column_index is not null),
       string_agg(format('%s %s', attname, case when orderby_asc then 'asc' else 'desc' end), ', '
         order by orderby_column_index) filter (where orderby_column_index is not null))
     from timescaledb_information.compression_settings where hypertable_schema = 'public'
     group by hypertable_name order by hypertable_name`,
  ],
  [
    "views",
    `select format(E'%s\\n%s', name, pg_get_viewdef(oid, true)) from (${ours}) r where kind = 'v' order by name`,
  ],
  ["functions", `select pg_get_functiondef(oid) from (${ownFunctions}) f order by name, arguments`],
  [
    "grants",
    `select format('%s on %s to %s', string_agg(lower(privilege), ', ' order by privilege), thing,
       case grantee when 0 then 'public' else pg_get_userbyid(grantee) end)
     from (
       select name as thing, e.grantee, e.privilege_type as privilege
       from (${ours}) r, aclexplode(acl) e where e.grantee <> owner
       union all
       select format('%s (%s)', name, a.attname), e.grantee, e.privilege_type
       from (${ours}) r join pg_attribute a on a.attrelid = r.oid and a.attacl is not null, aclexplode(a.attacl) e
       union all
       select format('%s(%s)', name, arguments), e.grantee, e.privilege_type
       from (${ownFunctions}) f, aclexplode(coalesce(acl, acldefault('f', owner))) e where e.grantee <> owner
       union all
       select 'schema public', e.grantee, e.privilege_type
       from pg_namespace n, aclexplode(n.nspacl) e
       where n.nspname = 'public' and pg_get_userbyid(e.grantee) in (${databaseRoles.map((role) => `'${role}'`).join()})
     ) g group by thing, grantee order by thing collate "C", 1`,
  ],
];

/** The schema a store has, as text that is the same on every kind of store. */
export async function describeSchema(store: Store): Promise<string> {
  const parts: string[] = [];
  const tables = await store.pool.query({
    text: `select name from (${ours}) r where kind = 'r'`,
    rowMode: "array",
  });
  // PostgreSQL before 16 writes the table before each column of a view.
  const qualifier = new RegExp(`\\b(?:${tables.rows.flat().join("|")})\\.`, "g");
  for (const [title, sql] of queries) {
    const { rows } = await store.pool.query({ text: sql, rowMode: "array" });
    const lines = rows.map(([line]) => String(line).trimEnd());
    parts.push(
      `-- ${title}\n${lines.map((line) => (title === "views" ? line.replaceAll(qualifier, "") : line)).join("\n")}\n`,
    );
  }
  return parts.join("\n");
}
