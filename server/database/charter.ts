import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { z } from "zod";
import { type Charter, charter } from "#schema/charter";
import type { CharterInForce } from "#schema/live";
import { execute, readRows } from "./query.ts";
import { asRole, type Store } from "./store.ts";

/** The sha256 of a charter in its RFC 8785 form, in hex. */
export function hashCharter(document: Charter): string {
  const text = canonicalize(document);
  if (text === undefined) throw new Error("A charter is always an object.");
  return createHash("sha256").update(text).digest("hex");
}

/** The charters a store knows: the one in force, and all that batches may name. */
export interface CharterBook {
  inForce: CharterInForce;
  bySha256: ReadonlyMap<string, Charter>;
}

/** Puts the default charter in force where there is none yet, and reads all there are. */
export async function readCharters(
  store: Store,
  initial: Charter,
  now: Date,
): Promise<CharterBook> {
  const rows = await asRole(store, "etabli_operator", async (db) => {
    await execute(
      db,
      `insert into charter (sha256, document, in_force_from)
       select $1, $2, $3 where not exists (select from charter)`,
      [hashCharter(initial), JSON.stringify(initial), now],
    );
    return await readRows(
      db,
      z.object({ sha256: z.string(), document: charter }),
      "select sha256, document from charter where in_force_from <= $1 order by in_force_from, sha256",
      [now],
    );
  });
  const inForce = rows.at(-1);
  if (!inForce) throw new Error("The store has no charter in force.");
  return { inForce, bySha256: new Map(rows.map((row) => [row.sha256, row.document])) };
}
