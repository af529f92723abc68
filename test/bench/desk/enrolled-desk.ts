import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { enrol } from "#agent/enrol";
import { openOutbox } from "#agent/outbox";
import { prepareBenchSite } from "../site/enrol-workstations.ts";
import { makeFreshStore, type StoreKind, withStore } from "../site/fresh-store.ts";
import { runServer } from "../site/run-server.ts";
import { readStoredEvents, type StoredEvents } from "../site/stored-events.ts";
import { type CountedWire, countTraffic } from "./count-traffic.ts";
import { openVirtualDesktop, type VirtualDesktop } from "./virtual-desktop.ts";

/** One category of the default rules each. */
const applications = ["Salesforce", "Zendesk", "Obsidian", "Thunderbird", "Slack", "Firefox"];

/** A workstation enrolled with a site of its own, and a desktop for it. */
export interface EnrolledDesk {
  folder: string;
  desktop: VirtualDesktop;
  wire: CountedWire;
  /** For the agent's process: this folder, this desktop, and no other desktop of this machine. */
  env: NodeJS.ProcessEnv;
}

/**
 * Lends a desk for as long as the work takes, in which the agent is started and ended; then gives what the site holds.
 * Null where there is no desktop to be had, and then it was told.
 * @throws when the agent left anything unsent, or the site did not take all
 */
export async function withEnrolledDesk<Result>(
  kind: StoreKind,
  tell: (line: string) => void,
  work: (desk: EnrolledDesk) => Promise<Result>,
): Promise<{ result: Result; stored: StoredEvents } | null> {
  if (process.platform !== "linux") {
    tell("left out: this is measured with Linux's /proc");
    return null;
  }
  const desktop = await openVirtualDesktop(applications);
  if (!desktop) {
    tell("left out: no Xvfb, openbox, xterm and xdotool here for windows to be in front");
    return null;
  }
  const store = await makeFreshStore(kind);
  const folder = mkdtempSync(join(tmpdir(), "etabli-desk-"));
  try {
    const { token, names } = await withStore(store.location, (open) => prepareBenchSite(open, 1));
    const server = await runServer(store);
    const wire = await countTraffic(server.url);
    let result: Result;
    try {
      await enrol({ server: wire.url, code: token, person: names[0] ?? "", folder });
      const { WAYLAND_DISPLAY: _, XDG_SESSION_TYPE: __, ...env } = process.env;
      const own = { DISPLAY: desktop.display, ETABLI_AGENT_HOME: folder };
      result = await work({ folder, desktop, wire, env: { ...env, ...own } });
    } finally {
      await wire.close();
      await server.stop();
    }
    const stored = await withStore(store.location, readStoredEvents);
    await checkAllSent(folder, stored);
    return { result, stored };
  } finally {
    desktop.close();
    rmSync(folder, { recursive: true, force: true });
    await store.drop();
  }
}

/** A figure of an agent that did not send all it recorded would be worth nothing. */
async function checkAllSent(folder: string, { batches, lastSeq }: StoredEvents): Promise<void> {
  const outbox = openOutbox(folder);
  const { open, sealed, dead, lostUnnumbered } = outbox.counts();
  const given = outbox.lastSeq;
  await outbox.close();
  const left = { open, sealed, dead, lostUnnumbered };
  const isAllSent = Object.values(left).every((count) => count === 0);
  if (!isAllSent || given === 0 || given !== lastSeq || given !== batches)
    throw new Error(
      `the agent did not send all: ${JSON.stringify({ ...left, given, batches, lastSeq })}`,
    );
}
