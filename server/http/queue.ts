import { endpoints } from "#schema/endpoints";
import { Problem } from "#schema/problem";
import type { CodeLimit } from "#server/access/attempts";
import { hashToken } from "#server/access/token";
import { findTokenExpiry } from "#server/database/enrolment";
import { storeQueueRows } from "#server/database/queue";
import { addressOf } from "./address.ts";
import type { Bind } from "./bind.ts";
import type { HttpContext } from "./context.ts";

/** The telephone system's half hours. */
export function bindQueue(bind: Bind, context: HttpContext, limit: CodeLimit): void {
  bind(endpoints.storeQueue, async ({ input, http }) => {
    await limit(addressOf(http, context.proxies), async () => {
      const expiry = await findTokenExpiry(context.store, hashToken(input.token));
      if (!expiry) throw new Problem("not_found", "There is no such token. Ask for a new one.");
      if (expiry <= context.clock())
        throw new Problem("expired", "This token has run out. Ask for a new one.");
    });
    return { stored: await storeQueueRows(context.store, input.rows) };
  });
}
