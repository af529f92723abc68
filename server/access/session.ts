import { parse } from "hono/utils/cookie";
import type { Account } from "#schema/account";
import { insertSession, touchStoredSession } from "#server/database/session";
import type { Store } from "#server/database/store";
import { hashToken, newToken, type RandomBytes } from "./token.ts";

/** The `__Host-` prefix makes browsers insist on Secure, Path=/ and this very host. */
export const SESSION_COOKIE = "__Host-etabli";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A session ends after this long without a request or an open dashboard. */
const IDLE_MS = 15 * MINUTE_MS;
/** And after this long in any case: a shift with its overrun for technicians, whose day page stays open. */
const ABSOLUTE_MS = { technician: 12 * HOUR_MS, others: 8 * HOUR_MS };

export interface Session {
  account: Account;
  /** The technician's person; null for the other roles. */
  person: string | null;
  /** sha256 of the cookie's token, in hex. */
  tokenHash: string;
}

export interface SessionAccess {
  store: Store;
  clock: () => Date;
}

/** Opens a session for an account; the token goes into the cookie and is kept nowhere. */
export async function startSession(
  { store, clock }: SessionAccess,
  account: string,
  random: RandomBytes,
): Promise<string> {
  const token = newToken(random);
  await insertSession(store, { account, tokenHash: hashToken(token), ...limitsAt(clock()) });
  return token;
}

/** The session a request's Cookie header stands for, marked as used now; null when there is none any more. */
export async function readSession(
  access: SessionAccess,
  cookieHeader: string | undefined,
): Promise<Session | null> {
  const tokenHash = sessionHashOf(cookieHeader);
  return tokenHash === null ? null : await findSession(access, tokenHash);
}

/** Marks a session as used now, for as long as a dashboard is open on it; false when it has ended. */
export async function touchSession(access: SessionAccess, tokenHash: string): Promise<boolean> {
  return (await findSession(access, tokenHash)) !== null;
}

/** The hash (hex) of the session token in a Cookie header; null when it holds none. */
export function sessionHashOf(cookieHeader: string | undefined): string | null {
  const token = parse(cookieHeader ?? "", SESSION_COOKIE)[SESSION_COOKIE];
  return token && /^[A-Za-z0-9_-]{43}$/.test(token) ? hashToken(token).toString("hex") : null;
}

async function findSession(
  { store, clock }: SessionAccess,
  tokenHash: string,
): Promise<Session | null> {
  const found = await touchStoredSession(store, {
    tokenHash: Buffer.from(tokenHash, "hex"),
    ...limitsAt(clock()),
  });
  if (!found) return null;
  const { person, ...account } = found;
  return { account, person, tokenHash };
}

function limitsAt(now: Date) {
  const before = (ms: number) => new Date(now.getTime() - ms);
  return {
    now,
    idleSince: before(IDLE_MS),
    technicianSince: before(ABSOLUTE_MS.technician),
    otherSince: before(ABSOLUTE_MS.others),
  };
}
