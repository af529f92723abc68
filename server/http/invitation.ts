import { endpoints } from "#schema/endpoints";
import { Problem } from "#schema/problem";
import { DAY_MS, formatInZone } from "#schema/time";
import type { Passwords } from "#server/access/password";
import { hashToken, newToken } from "#server/access/token";
import {
  acceptInvitation,
  findInvitation,
  type Invitation,
  insertInvitation,
} from "#server/database/invitation";
import type { Bind } from "./bind.ts";
import type { HttpContext } from "./context.ts";
import { enter } from "./session.ts";

const GOOD_FOR_MS = 7 * DAY_MS;

/** One-time links that make an account. */
export function bindInvitation(bind: Bind, context: HttpContext, passwords: Passwords): void {
  const { store, clock, random, site } = context;

  bind(endpoints.createInvitation, async ({ input }) => {
    const token = newToken(random);
    const expiresAt = new Date(clock().getTime() + GOOD_FOR_MS);
    await insertInvitation(store, {
      tokenHash: hashToken(token),
      role: input.role,
      person: input.person ?? null,
      expiresAt,
    });
    return { token, expiresAt: formatInZone(expiresAt.getTime(), site.zone) };
  });

  bind(endpoints.readInvitation, async ({ input }) => {
    const found = await findUsable(context, input.token);
    return {
      role: found.role,
      login: found.login,
      name: found.name,
      expiresAt: formatInZone(found.expiresAt.getTime(), site.zone),
    };
  });

  bind(endpoints.acceptInvitation, async ({ input, http }) => {
    const found = await findUsable(context, input.token);
    checkOwnName(found, input);
    const account = await acceptInvitation(store, hashToken(input.token), {
      login: input.login,
      name: input.name,
      passwordHash: await passwords.hash(input.password),
      at: clock(),
    });
    await enter(context, http, account.id);
    return account;
  });
}

async function findUsable(context: HttpContext, token: string): Promise<Invitation> {
  const found = await findInvitation(context.store, hashToken(token));
  if (!found) throw new Problem("not_found", "There is no such link. Ask for a new one.");
  if (found.used) throw new Problem("expired", "This link has been used. Ask for a new one.");
  if (found.expiresAt <= context.clock())
    throw new Problem("expired", "This link has run out. Ask for a new one.");
  return found;
}

/** A technician's name and login are those of the person the link is for. */
function checkOwnName(found: Invitation, input: { login: string; name: string }): void {
  const refusals = (["login", "name"] as const)
    .filter((field) => found[field] !== null && found[field] !== input[field])
    .map((field) => ({ path: field, reason: "is given by the link and cannot be changed" }));
  if (refusals.length > 0)
    throw new Problem("bad_input", "This link is for one person.", { refusals });
}
