import type { Context } from "hono";
import { deleteCookie, setCookie } from "hono/cookie";
import { SESSION_COOKIE } from "#server/access/session";

const flags = { httpOnly: true, secure: true, sameSite: "Strict", path: "/" } as const;

/** Hands the session's token to the browser, for this host alone and out of reach of scripts. */
export function setSessionCookie(http: Context, token: string): void {
  setCookie(http, SESSION_COOKIE, token, flags);
}

/** Takes the session's token back. */
export function clearSessionCookie(http: Context): void {
  deleteCookie(http, SESSION_COOKIE, flags);
}
