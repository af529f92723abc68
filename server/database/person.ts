import { z } from "zod";
import { type PersonRow, personRow } from "#schema/endpoints";
import { Problem } from "#schema/problem";
import { makeLogin } from "./person-login.ts";
import { type Db, execute, readRow, readRows } from "./query.ts";
import { asRole, type Store } from "./store.ts";
import { ensureTeams } from "./team.ts";

/** One line of a people file. */
export interface ImportedPerson {
  line: number;
  login: string;
  name: string;
  team: string;
  zone: string;
}

export interface ImportOutcome {
  imported: number;
  unchanged: number;
  refused: { line: number; reason: string }[];
}

const identified = z.object({ id: z.guid(), login: z.string(), name: z.string() });

/** All people with their team and how many workstations they have, by name. No activity. */
export async function listPeople(store: Store): Promise<PersonRow[]> {
  return await asRole(store, "etabli_operator", (db) =>
    readRows(
      db,
      personRow,
      `select p.id, p.login, p.name, t.name as team, p.zone,
         exists (select from account a where a.person = p.id) as "hasAccount",
         (select count(*)::integer from workstation w where w.person = p.id and w.revoked_at is null) as workstations
       from person p left join team t on t.id = p.team order by p.name, p.login`,
    ),
  );
}

/** The zone of the person on whose behalf this transaction reads; under `etabli_subject`. */
export async function readOwnZone(db: Db): Promise<string> {
  const found = await readRow(db, z.object({ zone: z.string() }), "select zone from my_person");
  if (!found) throw new Error("The person is not in the store.");
  return found.zone;
}

/** Where the people of those logins live in time: id and zone by login. */
export async function findPeopleByLogin(
  store: Store,
  logins: readonly string[],
): Promise<ReadonlyMap<string, { id: string; zone: string }>> {
  const rows = await asRole(store, "etabli_operator", (db) =>
    readRows(
      db,
      z.object({ login: z.string(), id: z.guid(), zone: z.string() }),
      "select login, id, zone from person where login = any ($1::text[])",
      [[...new Set(logins)]],
    ),
  );
  return new Map(rows.map(({ login, id, zone }) => [login, { id, zone }]));
}

/** Stores people by login, and their teams; a login that belongs to an account without a person is refused. */
export async function importPeople(
  store: Store,
  people: readonly ImportedPerson[],
): Promise<ImportOutcome> {
  return await asRole(store, "etabli_operator", async (db) => {
    const logins = people.map((person) => person.login);
    const known = await readRows(
      db,
      personRow.pick({ login: true, name: true, team: true, zone: true }),
      `select p.login, p.name, t.name as team, p.zone
       from person p left join team t on t.id = p.team where p.login = any ($1::text[])`,
      [logins],
    );
    const foreign = await readRows(
      db,
      z.object({ login: z.string() }),
      "select login from account where person is null and login = any ($1::text[])",
      [logins],
    );
    const before = new Map(known.map((row) => [row.login, row]));
    const taken = new Set(foreign.map((row) => row.login));
    const refused = people.filter(({ login }) => taken.has(login));
    const kept = people.filter(({ login }) => !taken.has(login));
    const changed = kept.filter(({ login, name, team, zone }) => {
      const was = before.get(login);
      return was?.name !== name || was.team !== team || was.zone !== zone;
    });
    await upsertPeople(db, changed);
    return {
      imported: changed.length,
      unchanged: kept.length - changed.length,
      refused: refused.map(({ line }) => ({
        line,
        reason: "login: an account that is no technician's has it",
      })),
    };
  });
}

async function upsertPeople(db: Db, people: readonly Omit<ImportedPerson, "line">[]) {
  const teams = await ensureTeams(
    db,
    people.map((person) => person.team),
  );
  await execute(
    db,
    `insert into person (login, name, team, zone)
     select * from unnest($1::text[], $2::text[], $3::uuid[], $4::text[])
     on conflict (login) do update set name = excluded.name, team = excluded.team, zone = excluded.zone`,
    [
      people.map((person) => person.login),
      people.map((person) => person.name),
      people.map((person) => teams.get(person.team)),
      people.map((person) => person.zone),
    ],
  );
}

/**
 * The ids of the people of those names, in their order; those who do not exist yet are made, in that team.
 * @throws Problem when a name fits two people and the team does not tell them apart
 */
export async function ensurePeople(
  db: Db,
  wanted: { names: readonly string[]; team: string; zone: string },
): Promise<string[]> {
  const names = [...new Set(wanted.names)];
  const team = (await ensureTeams(db, [wanted.team])).get(wanted.team);
  const found = await readRows(
    db,
    identified.extend({ team: z.guid().nullable() }),
    "select id, login, name, team from person where name = any ($1::text[])",
    [names],
  );
  const idOf = new Map<string, string>();
  for (const name of names) {
    const namesakes = found.filter((person) => person.name === name);
    const inTeam = namesakes.filter((person) => person.team === team);
    const [one, second] = inTeam.length > 0 ? inTeam : namesakes;
    if (second)
      throw new Problem("conflict", "Several people have one of these names.", {
        refusals: [
          {
            path: `people.${wanted.names.indexOf(name)}`,
            reason: "several people have this name; enrol them with one-time codes",
          },
        ],
      });
    if (one) idOf.set(name, one.id);
  }
  const missing = names.filter((name) => !idOf.has(name));
  for (const made of await createPeople(db, missing, wanted)) idOf.set(made.name, made.id);
  return names.flatMap((name) => idOf.get(name) ?? []);
}

async function createPeople(
  db: Db,
  names: readonly string[],
  { team, zone }: { team: string; zone: string },
): Promise<z.infer<typeof identified>[]> {
  if (names.length === 0) return [];
  const rows = await readRows(
    db,
    z.object({ login: z.string() }),
    "select login from person union select login from account",
  );
  const taken = new Set(rows.map((row) => row.login));
  const people = names.map((name) => {
    const login = makeLogin(name, (candidate) => taken.has(candidate));
    taken.add(login);
    return { login, name, team, zone };
  });
  await upsertPeople(db, people);
  return await readRows(
    db,
    identified,
    "select id, login, name from person where login = any ($1::text[])",
    [people.map((person) => person.login)],
  );
}
