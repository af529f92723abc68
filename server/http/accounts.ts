import { endpoints } from "#schema/endpoints";
import { localDateOf } from "#schema/time";
import { deleteAccount, listAccounts } from "#server/database/account";
import type { Bind } from "./bind.ts";
import type { HttpContext } from "./context.ts";

/** The accounts, as the operator keeps them. */
export function bindAccounts(bind: Bind, context: HttpContext): void {
  bind(endpoints.listAccounts, async () => {
    const found = await listAccounts(context.store);
    return {
      accounts: found.map(({ createdAt, ...account }) => ({
        ...account,
        createdOn: localDateOf(createdAt.getTime(), context.site.zone),
      })),
    };
  });

  bind(endpoints.removeAccount, async ({ input }) => {
    for (const session of await deleteAccount(context.store, input.account))
      context.endSession(session);
    return { done: true as const };
  });
}
