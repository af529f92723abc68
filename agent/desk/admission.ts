import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { Brake } from "./brake.ts";
import { refuseWith } from "./refusal.ts";
import { SESSION_MS, type SessionSecrets, type Sessions } from "./sessions.ts";
import { isSameSecret } from "./token.ts";

/** The header in which the page shows the key it keeps in its own storage. */
const KEY_HEADER = "x-etabli-desk";

/** What a request carries once it was let in: its browser's session, or null for another program. */
export interface Admitted {
  Variables: { session: string | null };
}

interface Admission {
  /** Lets in a browser that came with a ticket, or a program with the token. */
  admit: MiddlewareHandler<Admitted>;
  /** Hands a browser its cookie, out of reach of scripts and of other sites. */
  giveCookie: (http: Context, secrets: SessionSecrets) => void;
}

/** Decides who is let in. @param port the one listened at: two desks of one machine keep their cookies apart */
export function createAdmission(given: {
  token: string;
  sessions: Sessions;
  brake: Brake;
  port: () => number;
}): Admission {
  const { token, sessions, brake, port } = given;
  const cookieName = () => `etabli-desk-${port()}`;

  const admitProgram: MiddlewareHandler<Admitted> = async (http, next) => {
    const [scheme, shown] = (http.req.header("authorization") ?? "").split(" ");
    if (scheme?.toLowerCase() !== "bearer" || !shown) return refuseWith(http, "locked");
    const verdict = await brake(() => (isSameSecret(shown, token) ? true : null));
    if (verdict === "busy") return refuseWith(http, "wait");
    if (verdict === null) return refuseWith(http, "wrong-token");
    http.set("session", null);
    return await next();
  };

  return {
    async admit(http, next) {
      if (http.req.header("authorization") !== undefined) return await admitProgram(http, next);
      const id = getCookie(http, cookieName());
      const key = http.req.header(KEY_HEADER);
      if (id === undefined || key === undefined || !sessions.admits(id, key))
        return refuseWith(http, "locked");
      http.set("session", id);
      return await next();
    },
    giveCookie(http, { id }) {
      setCookie(http, cookieName(), id, {
        httpOnly: true,
        sameSite: "Strict",
        path: "/",
        maxAge: SESSION_MS / 1000,
      });
    },
  };
}
