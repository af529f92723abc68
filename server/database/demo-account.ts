import type { Role } from "#schema/role";
import { execute } from "./query.ts";
import { asRole, type Store } from "./store.ts";

/** An account of the demonstration; `person` for technicians only. */
export interface DemoAccount {
  login: string;
  name: string;
  role: Role;
  person: string | null;
}

/** Makes the accounts that are not there yet, all with one password: they guard nothing but simulated data. */
export async function insertDemoAccounts(
  store: Store,
  accounts: readonly DemoAccount[],
  passwordHash: string,
): Promise<void> {
  await asRole(store, "etabli_auth", (db) =>
    execute(
      db,
      `insert into account (login, name, role, person, password_hash)
       select l, n, r, p, $5 from unnest($1::text[], $2::text[], $3::text[], $4::uuid[]) as a (l, n, r, p)
       on conflict (login) do nothing`,
      [
        accounts.map((account) => account.login),
        accounts.map((account) => account.name),
        accounts.map((account) => account.role),
        accounts.map((account) => account.person),
        passwordHash,
      ],
    ),
  );
}
