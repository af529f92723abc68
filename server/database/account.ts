import { z } from "zod";
import { account } from "#schema/account";
import { Problem } from "#schema/problem";
import { execute, readRow, readRows } from "./query.ts";
import { asRole, type Store } from "./store.ts";

const credentials = z.object({ ...account.shape, passwordHash: z.string() });
const accountWithDate = z.object({ ...account.shape, createdAt: z.date() });

/** The account of that login with its password hash, or undefined. */
export async function findCredentials(
  store: Store,
  login: string,
): Promise<z.infer<typeof credentials> | undefined> {
  return await asRole(store, "etabli_auth", (db) =>
    readRow(
      db,
      credentials,
      `select a.id, a.login, coalesce(p.name, a.name) as name, a.role, a.password_hash as "passwordHash"
       from account a left join person p on p.id = a.person where a.login = $1`,
      [login],
    ),
  );
}

/** Whether anybody can operate this site yet. */
export async function hasOperator(store: Store): Promise<boolean> {
  const row = await asRole(store, "etabli_auth", (db) =>
    readRow(
      db,
      z.object({ found: z.boolean() }),
      "select exists (select from account where role = 'operator') as found",
    ),
  );
  return row?.found === true;
}

/** All accounts, by role and login. */
export async function listAccounts(store: Store): Promise<z.infer<typeof accountWithDate>[]> {
  return await asRole(store, "etabli_operator", (db) =>
    readRows(
      db,
      accountWithDate,
      `select a.id, a.login, coalesce(p.name, a.name) as name, a.role, a.created_at as "createdAt"
       from account a left join person p on p.id = a.person order by a.role, a.login`,
    ),
  );
}

/**
 * Removes an account with its sessions. What was recorded of a person stays theirs.
 * @returns the hashes (hex) of the sessions that ended
 * @throws Problem when there is no such account, or it is the last operator's
 */
export async function deleteAccount(store: Store, id: string): Promise<string[]> {
  return await asRole(store, "etabli_auth", async (db) => {
    // Locks all operators: two of them cannot remove each other at once.
    const operators = await readRows(
      db,
      z.object({ id: z.guid() }),
      "select id from account where role = 'operator' order by id for update",
    );
    if (operators.length === 1 && operators[0]?.id === id)
      throw new Problem(
        "conflict",
        "This is the last operator. Invite another one first, then remove this account.",
      );
    const sessions = await readRows(
      db,
      z.object({ hash: z.string() }),
      "delete from session where account = $1 returning encode(token_hash, 'hex') as hash",
      [id],
    );
    if ((await execute(db, "delete from account where id = $1", [id])) === 0)
      throw new Problem("not_found", "There is no such account any more.");
    return sessions.map((session) => session.hash);
  });
}
