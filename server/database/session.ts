import { z } from "zod";
import { account } from "#schema/account";
import { execute, readRow, readRows } from "./query.ts";
import { asRole, type Store } from "./store.ts";

/** The instants a session must have been used and begun after to be alive now. */
export interface SessionLimits {
  now: Date;
  idleSince: Date;
  technicianSince: Date;
  otherSince: Date;
}

const sessionRow = z.object({ ...account.shape, person: z.guid().nullable() });

/** Keeps a new session, and forgets all that have run out. */
export async function insertSession(
  store: Store,
  session: SessionLimits & { account: string; tokenHash: Buffer },
): Promise<void> {
  await asRole(store, "etabli_auth", async (db) => {
    await execute(
      db,
      `delete from session s using account a where a.id = s.account
         and (s.seen_at <= $1 or s.created_at <= case a.role when 'technician' then $2::timestamptz else $3 end)`,
      [session.idleSince, session.technicianSince, session.otherSince],
    );
    await execute(
      db,
      "insert into session (token_hash, account, created_at, seen_at) values ($1, $2, $3, $3)",
      [session.tokenHash, session.account, session.now],
    );
  });
}

/** The account and person of a living session, marked as used now; undefined when it has ended. */
export async function touchStoredSession(
  store: Store,
  session: SessionLimits & { tokenHash: Buffer },
): Promise<z.infer<typeof sessionRow> | undefined> {
  return await asRole(store, "etabli_auth", (db) =>
    readRow(
      db,
      sessionRow,
      `update session s set seen_at = greatest(s.seen_at, $2)
       from account a left join person p on p.id = a.person
       where s.token_hash = $1 and a.id = s.account and s.seen_at > $3
         and s.created_at > case a.role when 'technician' then $4::timestamptz else $5 end
       returning a.id, a.login, coalesce(p.name, a.name) as name, a.role, a.person`,
      [
        session.tokenHash,
        session.now,
        session.idleSince,
        session.technicianSince,
        session.otherSince,
      ],
    ),
  );
}

/** Ends one session; whether it was there. */
export async function deleteSession(store: Store, tokenHash: string): Promise<boolean> {
  const rows = await asRole(store, "etabli_auth", (db) =>
    readRows(db, z.object({}), "delete from session where token_hash = $1 returning 1 as one", [
      Buffer.from(tokenHash, "hex"),
    ]),
  );
  return rows.length > 0;
}
