import { z } from "zod";
import { type Db, execute, readRows } from "./query.ts";

/** Makes the teams that do not exist yet; the ids of all of them by name. */
export async function ensureTeams(
  db: Db,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(names)].sort();
  await execute(
    db,
    "insert into team (name) select unnest($1::text[]) on conflict (name) do nothing",
    [wanted],
  );
  const rows = await readRows(
    db,
    z.object({ id: z.guid(), name: z.string() }),
    "select id, name from team where name = any ($1::text[])",
    [wanted],
  );
  return new Map(rows.map((row) => [row.name, row.id]));
}
