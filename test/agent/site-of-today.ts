import { formatInZone } from "#schema/time";
import { charter, startSiteDouble } from "./site-double.ts";

/** A site whose clock is this machine's, for agents that run as programs of their own. */
export async function startSiteOfToday(port = 0) {
  const site = await startSiteDouble(port);
  site.welcome = () => ({
    ok: true,
    epoch: 1,
    charter,
    zone: "Europe/Paris",
    time: formatInZone(Date.now(), "Europe/Paris"),
  });
  return site;
}
