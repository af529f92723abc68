import { randomBytes, randomUUID } from "node:crypto";
import pino from "pino";
import { defaultCharter } from "#schema/charter-default";
import type { Endpoint } from "#schema/endpoint";
import type { endpoints, SiteMode } from "#schema/endpoints";
import type { Role } from "#schema/role";
import { startSession } from "#server/access/session";
import { hashCharter } from "#server/database/charter";
import { readArchive, readDay } from "#server/database/person-day";
import { prepareSite } from "#server/database/site";
import type { HttpContext } from "#server/http/context";
import { createHttp } from "#server/http/routes";
import { listProxies } from "#server/peers";
import { openTestStore } from "#test/support/database";

export const ORIGIN = "http://127.0.0.1:7070";
const START = new Date("2026-11-25T08:00:00.000Z");

export type EndpointName = keyof typeof endpoints;

export interface CallOptions {
  cookie?: string;
  headers?: Record<string, string>;
  address?: string;
}

/** A site of this test's own: its HTTP side on a fresh store, with a clock that stands still until it is moved. */
export async function openSite(changes: Partial<HttpContext> = {}, mode: SiteMode = "real") {
  const store = await openTestStore();
  const prepared = await prepareSite(store, { mode, zone: "Europe/Paris" });
  const logged: string[] = [];
  const ended: string[] = [];
  const revoked: string[] = [];
  const told: string[][] = [];
  let now = START;
  const clock = () => now;
  const context: HttpContext = {
    store,
    site: { id: prepared.id, mode: prepared.mode, zone: prepared.zone, kind: store.kind },
    clock,
    random: randomBytes,
    origins: [ORIGIN],
    proxies: listProxies([]),
    dashboardFolder: null,
    connected: () => false,
    endSession: (hash) => ended.push(hash),
    charterInForce: () => ({ document: defaultCharter, sha256: hashCharter(defaultCharter) }),
    readDay: (person, date) => readDay(store, person, now, date),
    readArchive: (person) => readArchive(store, person, now, defaultCharter),
    revokeConnections: (workstations) => revoked.push(...workstations),
    tellHoursChanged: (people) => told.push(people),
    log: pino({ level: "debug" }, { write: (line: string) => logged.push(line) }),
    ...changes,
  };
  const app = createHttp(context);

  async function query<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return (await store.pool.query<Row>(sql, values)).rows;
  }

  /** Makes a person who may be recorded. */
  async function addPerson(login: string, name = login, zone = "Europe/Paris"): Promise<string> {
    const id = randomUUID();
    await query("insert into person (id, login, name, zone) values ($1, $2, $3, $4)", [
      id,
      login,
      name,
      zone,
    ]);
    return id;
  }

  /** Makes an account of that role, without a password that works, and signs it in. */
  async function addAccount(role: Role, login: string) {
    const id = randomUUID();
    const person = role === "technician" ? await addPerson(login) : null;
    await query(
      "insert into account (id, login, name, role, person, password_hash) values ($1, $2, $2, $3, $4, 'none')",
      [id, login, role, person],
    );
    const cookie = `__Host-etabli=${await startSession(context, id, randomBytes)}`;
    return { id, person, cookie };
  }

  /** Calls an endpoint of the table the way a script would. */
  async function call(endpoint: Endpoint, input: object = {}, options: CallOptions = {}) {
    const read = endpoint.method === "GET";
    const text = read ? new URLSearchParams(Object.entries(input)).toString() : "";
    const response = await app.request(
      endpoint.path + (text && `?${text}`),
      {
        method: endpoint.method,
        headers: {
          ...(options.cookie && { cookie: options.cookie }),
          ...(!read && { "content-type": "application/json" }),
          ...options.headers,
        },
        ...(!read && { body: JSON.stringify(input) }),
      },
      { incoming: { socket: { remoteAddress: options.address ?? "192.0.2.1" } } },
    );
    const body: unknown = await response.json();
    return { status: response.status, body, headers: response.headers };
  }

  return {
    store,
    app,
    context,
    logged,
    ended,
    revoked,
    told,
    query,
    addPerson,
    addAccount,
    call,
    moveClock: (ms: number) => {
      now = new Date(now.getTime() + ms);
    },
    close: () => store.drop(),
  };
}

/** The session cookie a reply sets, as the browser would send it back. */
export function cookieOf(headers: Headers): string {
  const set = headers.get("set-cookie") ?? "";
  return set.split(";")[0] ?? "";
}

export const PASSWORD = "a long enough password";
