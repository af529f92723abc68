import { z } from "zod";
import { account } from "#schema/account";
import { Problem } from "#schema/problem";
import { role } from "#schema/role";
import { type Db, execute, readRow } from "./query.ts";
import { asRole, type Store } from "./store.ts";

const invitationRow = z.object({
  role,
  expiresAt: z.date(),
  used: z.boolean(),
  person: z.guid().nullable(),
  login: z.string().nullable(),
  name: z.string().nullable(),
});

/** What a one-time link stands for; login and name are the person's, and null for the other roles. */
export type Invitation = z.infer<typeof invitationRow>;

export interface NewInvitation {
  tokenHash: Buffer;
  role: z.infer<typeof role>;
  person: string | null;
  expiresAt: Date;
}

const insertion =
  "insert into invitation (token_hash, role, person, expires_at) values ($1, $2, $3, $4)";

/**
 * Keeps a one-time link.
 * @throws Problem when its person is not there, or has an account already
 */
export async function insertInvitation(store: Store, invitation: NewInvitation): Promise<void> {
  await asRole(store, "etabli_operator", async (db) => {
    if (invitation.person !== null) {
      const person = await readRow(
        db,
        z.object({ hasAccount: z.boolean() }),
        `select exists (select from account a where a.person = p.id) as "hasAccount"
         from person p where p.id = $1`,
        [invitation.person],
      );
      if (!person) throw new Problem("not_found", "There is no such person.");
      if (person.hasAccount)
        throw new Problem("conflict", "This person has an account already. Remove it first.");
    }
    await execute(db, insertion, valuesOf(invitation));
  });
}

/**
 * Keeps the link for the first operator and voids the ones made before it.
 * @returns false when there is an operator already, and no link was made
 */
export async function insertFirstOperatorInvitation(
  store: Store,
  invitation: NewInvitation,
  now: Date,
): Promise<boolean> {
  return await asRole(store, "etabli_auth", async (db) => {
    // As long as there is no operator nobody else can have made a link for one.
    const voided = await readRow(
      db,
      z.object({ found: z.boolean() }),
      "select exists (select from account where role = 'operator') as found",
    );
    if (voided?.found) return false;
    await execute(
      db,
      "update invitation set expires_at = $1 where role = 'operator' and used_at is null and expires_at > $1",
      [now],
    );
    await execute(db, insertion, valuesOf(invitation));
    return true;
  });
}

/** The invitation of that hash, or undefined. */
export async function findInvitation(
  store: Store,
  tokenHash: Buffer,
): Promise<Invitation | undefined> {
  return await asRole(store, "etabli_auth", (db) =>
    readRow(
      db,
      invitationRow,
      `select i.role, i.expires_at as "expiresAt", i.used_at is not null as used, i.person, p.login, p.name
       from invitation i left join person p on p.id = i.person where i.token_hash = $1`,
      [tokenHash],
    ),
  );
}

/**
 * Uses the invitation up and makes its account, both or neither. Of several at once one wins.
 * @throws Problem `conflict` when it was used meanwhile, or the login is taken
 */
export async function acceptInvitation(
  store: Store,
  tokenHash: Buffer,
  made: { login: string; name: string; passwordHash: string; at: Date },
): Promise<z.infer<typeof account>> {
  return await asRole(store, "etabli_auth", async (db) => {
    const won = await readRow(
      db,
      z.object({ role, person: z.guid().nullable() }),
      `update invitation set used_at = $2 where token_hash = $1 and used_at is null and expires_at > $2
       returning role, person`,
      [tokenHash, made.at],
    );
    if (!won) throw new Problem("conflict", "This link was used meanwhile.");
    if (won.person === null && (await isPersonLogin(db, made.login)))
      throw new Problem("conflict", "This sign-in name is taken. Choose another one.");
    const created = await readRow(
      db,
      account,
      `insert into account (login, name, role, person, password_hash, created_at) values ($1, $2, $3, $4, $5, $6)
       on conflict do nothing returning id, login, name, role`,
      [made.login, made.name, won.role, won.person, made.passwordHash, made.at],
    );
    if (!created)
      throw new Problem(
        "conflict",
        won.person === null
          ? "This sign-in name is taken. Choose another one."
          : "This person has an account already, or another account has their sign-in name. Ask your operator.",
      );
    return created;
  });
}

async function isPersonLogin(db: Db, login: string): Promise<boolean> {
  const row = await readRow(db, z.object({}), "select 1 as one from person where login = $1", [
    login,
  ]);
  return row !== undefined;
}

function valuesOf(invitation: NewInvitation): unknown[] {
  return [invitation.tokenHash, invitation.role, invitation.person, invitation.expiresAt];
}
