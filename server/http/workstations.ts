import { endpoints } from "#schema/endpoints";
import { localDateOf } from "#schema/time";
import { countWorkstations, revokeWorkstationsOf } from "#server/database/workstation-list";
import type { Bind } from "./bind.ts";
import type { HttpContext } from "./context.ts";

/** The workstations, as the operator keeps them: numbers so coarse that nobody's day shows in them. */
export function bindWorkstations(bind: Bind, context: HttpContext): void {
  const { store, clock, site } = context;

  bind(endpoints.listWorkstations, async () => {
    const today = localDateOf(clock().getTime(), site.zone);
    const { enrolled, revoked, seen } = await countWorkstations(store, today);
    return { enrolled, revoked, seenToday: describeRoughly(seen) };
  });

  bind(endpoints.revokeWorkstations, async ({ input }) => {
    const revoked = await revokeWorkstationsOf(store, input.person, clock());
    if (revoked.length > 0) context.revokeConnections(revoked);
    return { revoked: revoked.length };
  });
}

/** A number of machines in bands of ten, so that one coming or going is not seen. */
export function describeRoughly(count: number): string {
  if (count === 0) return "0";
  return count < 10 ? "fewer than 10" : `${Math.floor(count / 10) * 10}+`;
}
