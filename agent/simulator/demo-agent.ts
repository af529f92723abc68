import { join } from "node:path";
import { z } from "zod";
import { demoPeople } from "#schema/demo-site";
import { endpoints } from "#schema/endpoints";
import { formatInZone } from "#schema/time";
import { systemClock } from "../clock.ts";
import { enrol } from "../enrol.ts";
import { lockAgentFolder } from "../folder-lock.ts";
import { type Identity, readIdentity } from "../identity.ts";
import { openOutbox } from "../outbox.ts";
import { finishReplacement } from "../replace-identity.ts";
import { startSender } from "../sender.ts";
import { createTimeline, type Recorded, type Timeline } from "./timeline.ts";

/** Kept in the outbox with the events themselves: up to when this person's life is recorded, epoch ms. */
const note = z.strictObject({ through: z.int() });

/** The workstation of one technician of the demonstration. */
export interface DemoAgent {
  timeline: Timeline;
  /** Up to when its life is in the outbox or beyond; null at first. */
  through: () => number | null;
  /** Keeps events together with how far they go, and seals them. Nothing is lost or doubled by a kill in between. */
  record: (events: Recorded, through: number, now: number) => void;
  /** Done when the site has everything. */
  flushed: () => Promise<void>;
  close: () => Promise<void>;
}

/** The site these agents belong to. */
interface DemoSite {
  url: string;
  token: string;
  folder: string;
}

/** The id of the site at an address. */
export async function readSiteId(url: string): Promise<string> {
  const { method, path, output } = endpoints.readSite;
  const response = await fetch(`${url}${path}`, { method, signal: AbortSignal.timeout(30_000) });
  return output.parse(await response.json()).site;
}

/**
 * Opens the workstation of a person, enrolling it where it is not enrolled with this very site.
 * @throws AlreadyRunning when another demonstration has it open
 */
export async function openDemoAgent(
  site: DemoSite,
  siteId: string,
  seed: string,
  person: number,
): Promise<DemoAgent> {
  const who = demoPeople[person];
  if (who === undefined) throw new Error("nobody has that number");
  const folder = join(site.folder, who.login);
  const unlock = lockAgentFolder(folder);
  try {
    const identity = await enrolOnce(site, siteId, folder, who.name);
    return startDemoAgent(site, identity, folder, createTimeline(seed, person), unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

async function enrolOnce(
  site: DemoSite,
  siteId: string,
  folder: string,
  person: string,
): Promise<Identity> {
  finishReplacement(folder, systemClock.now());
  const known = readIdentity(folder);
  if (known?.site === siteId) return known;
  const replace = known !== null;
  const enrolment = { server: site.url, code: site.token, person, folder, replace };
  return (await enrol(enrolment)).identity;
}

function startDemoAgent(
  site: DemoSite,
  identity: Identity,
  folder: string,
  timeline: Timeline,
  unlock: () => void,
): DemoAgent {
  const outbox = openOutbox(folder, { mirrorBytes: 0 });
  const sender = startSender({
    server: site.url,
    identity,
    outbox,
    clock: systemClock,
    random: Math.random,
    log: () => {},
  });

  function sealAll(now: number): void {
    const charter = outbox.readCharter();
    if (charter === null || outbox.epoch === null) throw new Error("not enrolled");
    const context = {
      workstation: identity.workstation,
      epoch: outbox.epoch,
      charter: charter.sha256,
      sealedAt: formatInZone(now, identity.zone),
    };
    while (outbox.seal(context) !== null);
  }

  return {
    timeline,
    through() {
      const kept = note.safeParse(outbox.readNote());
      return kept.success ? kept.data.through : null;
    },
    record(events, through, now) {
      outbox.addAll(events, { through } satisfies z.infer<typeof note>);
      sealAll(now);
    },
    flushed: () => sender.flushed(),
    async close() {
      await sender.stop();
      await outbox.close();
      unlock();
    },
  };
}
