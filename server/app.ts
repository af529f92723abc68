import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createServer as createHttpServer, type Server as HttpServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { fileURLToPath } from "node:url";
import { getRequestListener } from "@hono/node-server";
import type { Logger } from "pino";
import { defaultCharter } from "#schema/charter-default";
import { isLoopback } from "#schema/loopback";
import type { Config } from "./config.ts";
import { storeBatches } from "./database/activity-write.ts";
import { readCharters } from "./database/charter.ts";
import { type MigrationProgress, migrate } from "./database/migrate.ts";
import { readArchive, readDay } from "./database/person-day.ts";
import { prepareSite, type Site } from "./database/site.ts";
import { openStore, type Store } from "./database/store.ts";
import { createHttp } from "./http/routes.ts";
import { createWriter } from "./ingest/writer.ts";
import { startRetention } from "./jobs/retention.ts";
import { type Agents, serveAgents } from "./live/agents.ts";
import { type Dashboards, serveDashboards } from "./live/dashboards.ts";
import { guardPeers, listProxies } from "./peers.ts";

/** What the server takes from the world besides its configuration. */
export interface ServerDependencies {
  clock: () => Date;
  log: Logger;
  onMigration?: MigrationProgress;
}

/** A server that listens. */
export interface RunningServer {
  /** Where it can be reached from this machine. */
  url: string;
  store: Store;
  site: Site;
  /** Stops taking requests, finishes what has begun, and closes the store. */
  close(): Promise<void>;
}

/**
 * Opens the store, brings it up to date, and listens.
 * @throws FolderInUse, WrongSiteMode, or what the database or the port says
 */
export async function startServer(
  config: Config,
  { clock, log, onMigration }: ServerDependencies,
): Promise<RunningServer> {
  const store = await openStore(config.store);
  try {
    await migrate(store, onMigration);
    const site = await prepareSite(store, config);
    return await listen(config, store, site, clock, log);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function listen(
  config: Config,
  store: Store,
  site: Site,
  clock: () => Date,
  log: Logger,
): Promise<RunningServer> {
  const proxies = listProxies(config.trustedProxies);
  const charters = await readCharters(store, defaultCharter, clock());
  const http: HttpServer = config.tls
    ? createTlsServer({
        cert: readFileSync(config.tls.cert),
        key: readFileSync(config.tls.key),
      })
    : createHttpServer();
  // Slow senders hold no connection for long (reliability F04).
  http.headersTimeout = 10_000;
  http.requestTimeout = 30_000;
  if (!config.tls && !isLoopback(config.host)) guardPeers(http, proxies);
  await listenOn(http, config);
  const address = http.address();
  const port = typeof address === "object" && address ? address.port : config.port;
  const host = isLoopback(config.host) ? config.host.replace(/^::1$/, "[::1]") : "127.0.0.1";
  const url = `${config.tls ? "https" : "http"}://${host}:${port}`;
  const origins = config.origin ? [config.origin, ...localOrigins(url)] : localOrigins(url);

  let agents: Agents | undefined;
  let dashboards: Dashboards | undefined;
  const writer = createWriter({
    writeGroup: (batches) => storeBatches(store, batches, clock()),
    onStored: (gated) => dashboards?.publish(gated),
    onFailure: (error) => log.error({ code: codeOf(error) }, "a group of batches was not written"),
  });
  const retentionSuspended = site.mode === "replay";
  const app = createHttp({
    store,
    site: { ...site, kind: store.kind },
    clock,
    random: randomBytes,
    origins,
    proxies,
    dashboardFolder: findDashboard(),
    connected: (workstation) => agents?.isConnected(workstation) ?? false,
    endSession: (hash) => dashboards?.endSession(hash),
    charterInForce: () => charters.inForce,
    readDay: (person, date) => readDay(store, person, clock(), date),
    readArchive: (person) => readArchive(store, person, clock(), charters.inForce.document),
    revokeConnections: (workstations) => agents?.disconnect(workstations),
    tellHoursChanged: (people) => agents?.tellHoursChanged(people),
    log,
  });
  // Before the live paths: each of those takes over the listeners it finds and hands on what is not its own.
  http.on("request", getRequestListener(app.fetch));
  agents = serveAgents(http, {
    store,
    site,
    charters: () => charters,
    writer,
    clock,
    retentionSuspended,
    log,
  });
  dashboards = serveDashboards(http, { store, clock, origins, log });
  const endRetention = retentionSuspended
    ? async () => {}
    : startRetention(store, () => charters.inForce.document.rawDays, clock, log);

  return {
    url,
    store,
    site,
    close: async () => {
      await Promise.all([agents?.close(), dashboards?.close()]);
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      http.closeIdleConnections();
      await writer.drain();
      await endRetention();
      http.closeAllConnections();
      await closed;
      await store.close();
    },
  };
}

async function listenOn(http: HttpServer, { host, port }: Config): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    http.once("error", (error) => {
      const isTaken = "code" in error && error.code === "EADDRINUSE";
      const hint = "Stop the program that uses it, or choose another port with PORT.";
      reject(isTaken ? new Error(`Port ${port} of ${host} is in use. ${hint}`) : error);
    });
    http.listen(port, host, resolve);
  });
}

/** A page opened under another name of this machine is the same page. */
function localOrigins(url: string): string[] {
  const { protocol, port } = new URL(url);
  return ["127.0.0.1", "localhost", "[::1]"].map(
    (host) => new URL(`${protocol}//${host}:${port}`).origin,
  );
}

function findDashboard(): string | null {
  const bundled = new URL("./dashboard/", import.meta.url);
  const built = new URL("../dist/dashboard/", import.meta.url);
  const folder = import.meta.url.endsWith(".ts") ? built : bundled;
  return existsSync(folder) ? fileURLToPath(folder) : null;
}

// A database error's text can quote the values it was given.
function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}
