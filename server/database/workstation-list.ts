import { z } from "zod";
import { readRow, readRows } from "./query.ts";
import { asRole, type Store } from "./store.ts";

const counts = z.object({ enrolled: z.int(), revoked: z.int(), seen: z.int() });
const mine = z.object({ id: z.guid(), enrolledAt: z.date(), revoked: z.boolean() });

/** How many workstations are enrolled and revoked, and how many were here on that day. */
export async function countWorkstations(
  store: Store,
  day: string,
): Promise<z.infer<typeof counts>> {
  const row = await asRole(store, "etabli_operator", (db) =>
    readRow(
      db,
      counts,
      `select count(*) filter (where revoked_at is null)::integer as enrolled,
         count(revoked_at)::integer as revoked,
         count_seen_workstations($1) as seen from workstation`,
      [day],
    ),
  );
  return row ?? { enrolled: 0, revoked: 0, seen: 0 };
}

/** A person's own workstations, oldest first. */
export async function listMyWorkstations(
  store: Store,
  person: string,
): Promise<z.infer<typeof mine>[]> {
  return await asRole(
    store,
    "etabli_subject",
    (db) =>
      readRows(
        db,
        mine,
        `select id, enrolled_at as "enrolledAt", revoked_at is not null as revoked
         from my_workstation order by enrolled_at, id`,
      ),
    person,
  );
}

/** Revokes all workstations of a person; the ids of those that were not revoked before. */
export async function revokeWorkstationsOf(
  store: Store,
  person: string,
  at: Date,
): Promise<string[]> {
  const rows = await asRole(store, "etabli_operator", (db) =>
    readRows(
      db,
      z.object({ id: z.guid() }),
      "update workstation set revoked_at = $2 where person = $1 and revoked_at is null returning id",
      [person, at],
    ),
  );
  return rows.map((row) => row.id);
}
