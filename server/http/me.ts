import { endpoints } from "#schema/endpoints";
import { formatInZone, localDateOf } from "#schema/time";
import { listMyWorkstations } from "#server/database/workstation-list";
import { type Bind, personOf } from "./bind.ts";
import type { HttpContext } from "./context.ts";
import { createCode } from "./enrolment.ts";

/** What a technician sees and does of their own. The person comes from the session, never from the request. */
export function bindMe(bind: Bind, context: HttpContext): void {
  const { store, site } = context;

  bind(endpoints.readMyDay, (call) => context.readDay(personOf(call), call.input.date));

  bind(endpoints.readMyArchive, async (call) => {
    const archive = await context.readArchive(personOf(call));
    const today = localDateOf(context.clock().getTime(), archive.zone);
    call.http.header("Content-Disposition", `attachment; filename="etabli-archive-${today}.json"`);
    return archive;
  });

  bind(endpoints.readMyWorkstations, async (call) => {
    const found = await listMyWorkstations(store, personOf(call));
    return {
      workstations: found.map(({ id, enrolledAt, revoked }) => ({
        id,
        enrolledOn: localDateOf(enrolledAt.getTime(), site.zone),
        revoked,
        connected: context.connected(id),
      })),
    };
  });

  bind(endpoints.createMyEnrolment, async (call) => {
    const made = await createCode(context, "etabli_subject", personOf(call));
    return { ...made, expiresAt: formatInZone(made.expiresAt, site.zone) };
  });
}
