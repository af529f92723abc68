import { type Clock, systemClock } from "#agent/clock";
import type { Reply } from "#agent/control/messages";
import { enrol } from "#agent/enrol";
import { type Desktop, readDesktop } from "#agent/sensors/desktop";
import type { SessionRequest } from "#agent/session/answer";
import { startSession } from "#agent/session/start-session";
import type { CharterInForce } from "#schema/live";
import { formatInZone } from "#schema/time";
import { eventually } from "#test/support/eventually";
import { makeFolder } from "../folder.ts";
import { startSiteDouble, charter as usualCharter } from "../site-double.ts";

/** A desktop on which nothing can be sensed. */
const blind = readDesktop({}, "linux");

/** A person's session against a site of the tests' own, sealing ten times a second. */
export async function openSession(
  options: {
    clock?: Clock;
    folder?: string;
    site?: Awaited<ReturnType<typeof startSiteDouble>>;
    charter?: CharterInForce;
    desktop?: Desktop;
  } = {},
) {
  const site = options.site ?? (await startSiteDouble());
  const time = () => formatInZone((options.clock ?? systemClock).now(), "Europe/Paris");
  site.welcome = () => ({
    ok: true,
    epoch: 1,
    charter: options.charter ?? usualCharter,
    zone: "Europe/Paris",
    time: time(),
  });
  const folder = options.folder ?? makeFolder();
  const { identity } = await enrol({ server: site.server, code: "ABCD-EFGH-JKLM", folder }).catch(
    async () => ({ identity: (await import("#agent/identity")).readIdentity(folder) }),
  );
  if (!identity) throw new Error("not enrolled");
  const said: string[] = [];
  const session = await startSession({
    folder,
    home: folder,
    identity,
    desktop: options.desktop ?? blind,
    sealEverySeconds: 0.1,
    gatewayPort: 0,
    clock: options.clock ?? systemClock,
    random: Math.random,
    say: (line) => said.push(line),
    log: (line) => said.push(line),
  });
  return {
    site,
    folder,
    said,
    session,
    ask: (request: SessionRequest) => session.handle(request),
    /** Waits until the session records, or is in whatever other state. */
    until: (state: string) =>
      eventually(() => {
        if (session.describe().recording !== state) throw new Error(session.describe().recording);
      }),
    /** All events the site was sent, in order. */
    sent: () =>
      site.received.flatMap(({ batch }) => [...batch.spans, ...batch.marks, ...batch.tallies]),
    async close() {
      await session.stop();
      await site.close();
    },
  };
}

/** The answer, or an error that quotes it when it was a refusal. */
export function accepted(reply: Reply): Extract<Reply, { ok: true }> {
  if (!reply.ok) throw new Error(`${reply.code}: ${reply.message}`);
  return reply;
}
