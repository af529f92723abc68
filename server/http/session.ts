import type { Context } from "hono";
import { endpoints } from "#schema/endpoints";
import { Problem } from "#schema/problem";
import type { SignInLimit } from "#server/access/attempts";
import type { Passwords } from "#server/access/password";
import { readSession, sessionHashOf, startSession } from "#server/access/session";
import { findCredentials } from "#server/database/account";
import { deleteSession } from "#server/database/session";
import { addressOf } from "./address.ts";
import { type Bind, sessionOf } from "./bind.ts";
import type { HttpContext } from "./context.ts";
import { clearSessionCookie, setSessionCookie } from "./cookie.ts";

/** Signing in and out. */
export function bindSession(
  bind: Bind,
  context: HttpContext,
  passwords: Passwords,
  limit: SignInLimit,
): void {
  bind(endpoints.signIn, async ({ input, http }) => {
    const login = input.login.trim().toLowerCase();
    const account = await limit({ login, address: addressOf(http, context.proxies) }, async () => {
      const found = await findCredentials(context.store, login);
      const fits = await passwords.verify(found?.passwordHash, input.password);
      if (!found || !fits)
        throw new Problem("not_signed_in", "This name and password do not fit together.");
      const { passwordHash: _kept, ...account } = found;
      return account;
    });
    await enter(context, http, account.id);
    return account;
  });

  bind(endpoints.readSession, async ({ http }) => {
    const session = await readSession(context, http.req.header("cookie"));
    return { account: session?.account ?? null };
  });

  bind(endpoints.signOut, async (call) => {
    await leave(context, sessionOf(call).tokenHash);
    clearSessionCookie(call.http);
    return { done: true as const };
  });
}

/** Opens a new session for an account and ends the one this browser had. */
export async function enter(context: HttpContext, http: Context, account: string): Promise<void> {
  const before = sessionHashOf(http.req.header("cookie"));
  if (before !== null) await leave(context, before);
  setSessionCookie(http, await startSession(context, account, context.random));
}

async function leave(context: HttpContext, tokenHash: string): Promise<void> {
  if (await deleteSession(context.store, tokenHash)) context.endSession(tokenHash);
}
