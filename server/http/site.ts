import { endpoints } from "#schema/endpoints";
import { hasOperator } from "#server/database/account";
import type { Bind } from "./bind.ts";
import type { HttpContext } from "./context.ts";

/** What the site is, and what it has agreed to record. */
export function bindSite(bind: Bind, context: HttpContext): void {
  bind(endpoints.readSite, async () => ({
    site: context.site.id,
    mode: context.site.mode,
    store: context.site.kind,
    zone: context.site.zone,
    needsOperator: !(await hasOperator(context.store)),
  }));

  bind(endpoints.readCharter, async () => ({ ...context.charterInForce(), signed: false }));
}
