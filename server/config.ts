import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import type { SiteMode } from "#schema/endpoints";
import { isLoopback } from "#schema/loopback";
import { isTimeZone } from "#schema/time";
import type { StoreConfig } from "./database/store.ts";

/** The command line or the environment is wrong; the message lists everything at once. */
export class WrongConfig extends Error {
  override readonly name = "WrongConfig";
}

const environment = z.object({
  PORT: z.coerce.number({ error: "a port number" }).int().min(0).max(65_535).default(7070),
  HOST: z.string().min(1).default("127.0.0.1"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, { error: "a URL that starts with postgres://" })
    .optional(),
  ETABLI_DATA: z.string().min(1).default("./data"),
  ETABLI_ZONE: z.string().refine(isTimeZone, { error: "an IANA time zone" }).optional(),
  ETABLI_ORIGIN: z
    .url({ error: "the address people open, for example https://etabli.example" })
    .optional(),
  TLS_CERT: z.string().min(1).optional(),
  TLS_KEY: z.string().min(1).optional(),
  TRUSTED_PROXY: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
});

export interface Config {
  mode: SiteMode;
  port: number;
  host: string;
  store: StoreConfig;
  /** The folder of this mode's data, also when the database is a server. */
  folder: string;
  zone: string;
  /** The public origin, when it is not the address bound to. */
  origin: string | undefined;
  tls: { cert: string; key: string } | undefined;
  /** Addresses a reverse proxy connects from; nobody else may, but this machine. */
  trustedProxies: string[];
  logLevel: "debug" | "info" | "warn" | "error";
}

export const usage = `Usage: npm start [-- --replay]

Starts the Établi server. On an empty store it prints a one-time link to create the first operator.

  --replay   open the store of "npm run replay": retention is suspended, and every page says so
  --help     this text

Environment:
  PORT, HOST       where to listen (7070, 127.0.0.1)
  DATABASE_URL     a TimescaleDB server; without it the embedded one in ETABLI_DATA
  ETABLI_DATA      the data folder (./data)
  ETABLI_ORIGIN    the address people open, when a proxy stands in front
  ETABLI_ZONE      the site's time zone, for a new store (this machine's)
  TLS_CERT, TLS_KEY   certificate and key files; or
  TRUSTED_PROXY    addresses of the proxy that speaks TLS, with commas between; one of the two is needed to listen
                   beyond this machine
  LOG_LEVEL        debug, info, warn or error (info)

Examples:
  npm start
  DATABASE_URL=postgres://etabli@db/etabli npm start
  PORT=8080 npm start -- --replay
`;

/** The flags of the server's command line. @throws WrongConfig */
export function readFlags(args: string[]): { replay: boolean; help: boolean } {
  try {
    const { values } = parseArgs({
      args,
      options: { replay: { type: "boolean" }, help: { type: "boolean", short: "h" } },
    });
    return { replay: values.replay ?? false, help: values.help ?? false };
  } catch (error) {
    throw new WrongConfig(error instanceof Error ? error.message : String(error));
  }
}

/**
 * The server's configuration, all of it from the environment.
 * @throws WrongConfig naming every variable that is wrong
 */
export function readConfig(
  env: Record<string, string | undefined>,
  mode: SiteMode,
  localZone: string,
): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = environment.safeParse(given);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join(".")}: expected ${issue.message}`);
  const { HOST = "127.0.0.1", TLS_CERT, TLS_KEY, TRUSTED_PROXY } = given;
  if ((TLS_CERT === undefined) !== (TLS_KEY === undefined))
    problems.push("TLS_CERT and TLS_KEY: set both or neither");
  if (!isLoopback(HOST) && !TLS_CERT && !TRUSTED_PROXY)
    problems.push(
      `HOST: ${HOST} can be reached from other machines; set TLS_CERT and TLS_KEY, or TRUSTED_PROXY to the address of the proxy that speaks TLS`,
    );
  for (const [name, file] of Object.entries({ TLS_CERT, TLS_KEY }))
    if (file !== undefined && !existsSync(file)) problems.push(`${name}: there is no file ${file}`);
  if (!parsed.success || problems.length > 0) throw new WrongConfig(problems.join("\n"));
  const value = parsed.data;
  const folder = resolve(value.ETABLI_DATA, { real: "site", demo: "demo", replay: "replay" }[mode]);
  return {
    mode,
    port: value.PORT,
    host: value.HOST,
    store: value.DATABASE_URL ? { url: value.DATABASE_URL } : { folder: join(folder, "database") },
    folder,
    zone: value.ETABLI_ZONE ?? localZone,
    origin: value.ETABLI_ORIGIN && new URL(value.ETABLI_ORIGIN).origin,
    tls: value.TLS_CERT && value.TLS_KEY ? { cert: value.TLS_CERT, key: value.TLS_KEY } : undefined,
    trustedProxies: value.TRUSTED_PROXY?.split(",").map((address) => address.trim()) ?? [],
    logLevel: value.LOG_LEVEL,
  };
}
