import { randomBytes } from "node:crypto";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SiteMode } from "#schema/endpoints";
import { issueEnrolmentToken } from "#server/access/enrolment-token";
import { type RunningServer, startServer } from "#server/app";
import { readConfig } from "#server/config";
import { createLog } from "#server/log";
import { prepareFolder } from "#test/support/database";

/** A running site of a test's own, with an enrolment token for some people. */
export interface TestSite extends RunningServer {
  token: string;
  /** A folder for agents, thrown away with the site. */
  folder: string;
}

const clock = () => new Date();

/** Starts a site of that mode on a fresh embedded store. */
export async function startTestSite(
  mode: SiteMode,
  people: readonly string[],
  zone: string,
): Promise<TestSite> {
  const folder = mkdtempSync(join(tmpdir(), "etabli-site-"));
  const config = readConfig({ ETABLI_DATA: folder, PORT: "0", HOST: "127.0.0.1" }, mode, zone);
  if (!("folder" in config.store)) throw new Error("this site's store is embedded");
  cpSync(await prepareFolder(), config.store.folder, { recursive: true });
  const server = await startServer(config, { clock, log: createLog("error") });
  const { token } = await issueEnrolmentToken(server.store, clock, randomBytes, {
    people,
    team: "Test",
    zone,
  });
  return {
    ...server,
    token,
    folder,
    async close() {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
