import { randomBytes, randomUUID } from "node:crypto";
import pino from "pino";
import { type Identity, makeKeyPair, signHello } from "#agent/identity";
import { type AgentSocket, makeSocket } from "#agent/server-connection";
import type { Ack } from "#schema/batch";
import type { Challenge, Hello, Welcome } from "#schema/live";
import type { Role } from "#schema/role";
import { startSession } from "#server/access/session";
import { startServer } from "#server/app";
import { readConfig } from "#server/config";
import { bytesOf, defaultCharterHash, makeBatch, NOW } from "#test/server/ingest/batches";
import { makeTestPlace } from "#test/support/database";

export type LiveSite = Awaited<ReturnType<typeof startLiveSite>>;

/** A whole server of this test's own on a fresh store, with a clock that stands still until it is moved. */
export async function startLiveSite() {
  const place = await makeTestPlace();
  let now = NOW;
  const clock = () => now;
  const logged: string[] = [];
  const config = {
    ...readConfig({ PORT: "0", HOST: "127.0.0.1" }, "real", "Europe/Paris"),
    store: place.location,
  };
  const log = pino({ level: "debug" }, { write: (line: string) => logged.push(line) });
  const server = await startServer(config, { clock, log });
  const { store, url } = server;

  async function query(sql: string, values: unknown[] = []) {
    return (await store.pool.query(sql, values)).rows;
  }

  /** A technician with an account and an open session. */
  async function addTechnician() {
    const person = randomUUID();
    const login = `t-${person.slice(0, 8)}`;
    await query("insert into person (id, login, name, zone) values ($1, $2, $2, 'Europe/Paris')", [
      person,
      login,
    ]);
    return { person, ...(await addAccount("technician", login, person)) };
  }

  async function addAccount(role: Role, login: string, person: string | null = null) {
    const account = randomUUID();
    await query(
      "insert into account (id, login, name, role, person, password_hash) values ($1, $2, $2, $3, $4, 'none')",
      [account, login, role, person],
    );
    const token = await startSession({ store, clock }, account, randomBytes);
    return { account, cookie: `__Host-etabli=${token}` };
  }

  /** An enrolled workstation of that person, with its key. */
  async function addWorkstation(person: string): Promise<Identity> {
    const { privateKey, publicKey } = makeKeyPair();
    const [row] = await query(
      `insert into workstation (person, public_key, by_token, enrolled_at) values ($1, $2, false, $3)
       returning id`,
      [person, Buffer.from(publicKey, "base64url"), NOW],
    );
    return {
      server: url,
      site: server.site.id,
      mode: "real",
      workstation: row.id,
      zone: "Europe/Paris",
      privateKey,
    };
  }

  async function countSpans(workstation: string): Promise<number> {
    const [row] = await query(
      "select count(*)::integer as n from work_span where workstation = $1",
      [workstation],
    );
    return row.n;
  }

  return {
    ...server,
    log,
    logged,
    query,
    addTechnician,
    addAccount,
    addWorkstation,
    countSpans,
    moveClock: (ms: number) => {
      now = new Date(now.getTime() + ms);
    },
    close: async () => {
      await server.close();
      await place.drop();
    },
  };
}

/** Opens an agent's connection and waits for the server's challenge. */
export async function openAgent(
  url: string,
): Promise<{ socket: AgentSocket; challenge: Challenge }> {
  const socket = makeSocket(url);
  const challenge = new Promise<Challenge>((resolve, reject) => {
    socket.on("challenge", resolve);
    socket.on("connect_error", reject);
  });
  socket.connect();
  return { socket, challenge: await challenge };
}

/** Says hello; `hello` may be changed before it leaves. */
export async function greet(
  identity: Identity,
  change: (hello: Hello) => unknown = (hello) => hello,
): Promise<{ socket: AgentSocket; challenge: Challenge; welcome: Welcome }> {
  const { socket, challenge } = await openAgent(identity.server);
  const hello = signHello(identity, 1, challenge);
  const welcome: Welcome = await socket.emitWithAck("hello", Object.assign(hello, change(hello)));
  return { socket, challenge, welcome };
}

/** Sends a batch of that workstation, by the charter every new site has. */
export async function sendBatch(
  socket: AgentSocket,
  workstation: string,
  fields: Parameters<typeof makeBatch>[0] = {},
): Promise<Ack> {
  const batch = makeBatch({ workstation, charter: defaultCharterHash, ...fields });
  return await socket.emitWithAck("batch", bytesOf(batch));
}

/** Waits until a connection has ended. */
export async function ended(socket: {
  connected: boolean;
  once(event: "disconnect", then: () => void): unknown;
}) {
  if (socket.connected) await new Promise<void>((resolve) => socket.once("disconnect", resolve));
}
