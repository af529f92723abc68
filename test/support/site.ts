import { randomBytes } from "node:crypto";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SiteMode } from "#schema/endpoints";
import { createFirstOperatorInvitation } from "#server/access/first-operator";
import { startServer } from "#server/app";
import { readConfig } from "#server/config";
import { createLog } from "#server/log";
import { openTestStore, prepareFolder } from "#test/support/database";
import { openTestAgent, type TestAgent } from "./agent.ts";
import { enterAsFirstOperator, type SiteClient, type TestTechnician } from "./site-client.ts";

/** A running site with the built dashboard, and the means to fill it. */
export interface TestSite extends SiteClient {
  url: string;
  /** Where its embedded store is; with a database server there is nothing in it. */
  folder: string;
  /** Epoch ms, as this site's clock has it. */
  now: () => number;
  /** A workstation of that person, enrolled with a one-time code and connected. */
  openAgent(technician: TestTechnician): Promise<TestAgent>;
  closeAgents(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a server on a store of its own; its clock stands still at `at` when that is given. */
export async function openTestSite(mode: SiteMode, at?: string): Promise<TestSite> {
  const now = at === undefined ? Date.now : () => Date.parse(at);
  const clock = () => new Date(now());
  const place = await makePlace(mode);
  const config = readConfig({ ...place.env, PORT: "0", HOST: "127.0.0.1" }, mode, "Europe/Paris");
  const server = await startServer(config, { clock, log: createLog("error") });
  const invitation = await createFirstOperatorInvitation(server.store, clock, randomBytes);
  const client = await enterAsFirstOperator(server.url, invitation?.token ?? "");
  const agents: TestAgent[] = [];
  return {
    ...client,
    url: server.url,
    folder: place.env.ETABLI_DATA ?? "",
    now,
    async openAgent(technician) {
      const code = await client.createCode(technician);
      const agent = await openTestAgent({ server: server.url, code, now });
      agents.push(agent);
      return agent;
    },
    async closeAgents() {
      for (const agent of agents.splice(0)) await agent.close();
    },
    async close() {
      await server.close();
      await place.drop();
    },
  };
}

/** Where a server of that mode finds a migrated store of its own, as environment variables. */
export async function makePlace(mode: SiteMode): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), "etabli-browser-"));
  const env = { ETABLI_DATA: folder };
  const drop = async () => rmSync(folder, { recursive: true, force: true });
  if (process.env.TEST_DATABASE_URL === undefined) {
    const { store } = readConfig(env, mode, "Europe/Paris");
    if (!("folder" in store)) throw new Error("without a URL the store is embedded");
    cpSync(await prepareFolder(), store.folder, { recursive: true });
    return { env, drop };
  }
  const store = await openTestStore();
  if (!("url" in store.location)) throw new Error("TEST_DATABASE_URL names no database server");
  const { url } = store.location;
  const dropBoth = async () => {
    await store.drop();
    await drop();
  };
  return { env: { ...env, DATABASE_URL: url }, drop: dropBoth };
}

interface Place {
  env: Record<string, string>;
  drop(): Promise<void>;
}
