import { createPublicKey, randomBytes, verify } from "node:crypto";
import type { Server as HttpServer } from "node:http";
import type { Logger } from "pino";
import { type DefaultEventsMap, Server, type Socket } from "socket.io";
import type { Ack } from "#schema/batch";
import {
  AGENT_PATH,
  type AgentToServer,
  type Hello,
  helloMessage,
  hello as helloSchema,
  MAX_FRAME_BYTES,
  type ServerToAgent,
  type StoredReply,
  storedQuery,
  type Welcome,
} from "#schema/live";
import { formatTimestamp, localDateOf, millisecondsOf } from "#schema/time";
import { readMarks, readSpans, readTallies } from "#server/database/activity-read";
import type { CharterBook } from "#server/database/charter";
import type { Site } from "#server/database/site";
import { asRole, type Store } from "#server/database/store";
import {
  findWorkstation,
  grantEpoch,
  noteWorkstationSeen,
  type Workstation,
} from "#server/database/workstation";
import { passGate } from "#server/ingest/gate";
import { createTurnstile, type Turnstile } from "#server/ingest/turnstile";
import type { Writer } from "#server/ingest/writer";
import { heartbeat } from "./heartbeat.ts";

export interface AgentsOptions {
  store: Store;
  site: Site;
  charters: () => CharterBook;
  writer: Writer;
  clock: () => Date;
  retentionSuspended: boolean;
  log: Logger;
  /** How long a connection may stay without having said who it is. */
  helloMs?: number;
}

/** The live connections of the workstations. */
export interface Agents {
  isConnected(workstation: string): boolean;
  /** Ends the connections of workstations that may send no more. */
  disconnect(workstations: readonly string[]): void;
  close(): Promise<void>;
}

interface Known {
  greeted?: boolean;
  workstation?: Workstation;
}
type AgentSocket = Socket<AgentToServer, ServerToAgent, DefaultEventsMap, Known>;

const HELLO_MS = 10_000;

/**
 * Takes the agents' connections: each proves with its key, on a fresh nonce, which workstation it is; only then are
 * its batches read, and only under the person and the numbers of that workstation.
 */
export function serveAgents(http: HttpServer, options: AgentsOptions): Agents {
  const { log, helloMs = HELLO_MS } = options;
  const connected = new Map<string, AgentSocket>();
  const turnstile = createTurnstile();
  const io = new Server<AgentToServer, ServerToAgent, DefaultEventsMap, Known>(http, {
    path: AGENT_PATH,
    transports: ["websocket"],
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: MAX_FRAME_BYTES,
    ...heartbeat,
    connectTimeout: helloMs,
    destroyUpgrade: false,
    // No web page is an agent: browsers always send an Origin with a websocket.
    allowRequest: (request, decide) => decide(null, request.headers.origin === undefined),
  });

  io.on("connection", (socket) => {
    const nonce = randomBytes(32).toString("base64url");
    const timer = setTimeout(() => socket.disconnect(true), helloMs);
    socket.on("disconnect", () => {
      clearTimeout(timer);
      const id = socket.data.workstation?.id;
      if (id !== undefined && connected.get(id) === socket) connected.delete(id);
    });
    socket.on("hello", (value, reply) => {
      if (typeof reply !== "function") return;
      // A nonce is good for one hello.
      if (socket.data.greeted) return reply(refuse("bad_input", "One hello for a connection."));
      socket.data.greeted = true;
      greet(socket, nonce, value, options)
        .then(({ welcome, workstation }) => {
          // Whoever left, or was revoked, meanwhile must not count as connected for ever.
          if (workstation && socket.connected) {
            clearTimeout(timer);
            socket.data.workstation = workstation;
            // A workstation has one connection: an older one is half-open or a copy.
            connected.get(workstation.id)?.disconnect(true);
            connected.set(workstation.id, socket);
          }
          reply(welcome);
        })
        .catch((error: unknown) => {
          log.error({ err: error }, "an agent's hello could not be answered");
          reply(refuse("unavailable", "The store does not answer. Try again later."));
        });
    });
    socket.on("batch", (value, reply) => {
      if (typeof reply !== "function") return;
      takeBatch(socket, value, turnstile, options).then(reply, (error: unknown) => {
        log.error({ err: error }, "a batch could not be taken");
        reply(comeAgain);
      });
    });
    socket.on("stored", (value, reply) => {
      if (typeof reply !== "function") return;
      readStored(socket, value, options).then(reply, (error: unknown) => {
        log.error({ err: error }, "an agent's question could not be answered");
        socket.disconnect(true);
      });
    });
    socket.emit("challenge", { site: options.site.id, nonce });
  });

  return {
    isConnected: (workstation) => connected.has(workstation),
    disconnect: (workstations) => {
      io.in(workstations.map(workstationRoom)).disconnectSockets(true);
    },
    close: async () => {
      io.disconnectSockets(true);
      io.engine.close();
    },
  };
}

const workstationRoom = (id: string) => `workstation:${id}`;

async function greet(
  socket: AgentSocket,
  nonce: string,
  value: unknown,
  options: AgentsOptions,
): Promise<{ welcome: Welcome; workstation?: Workstation }> {
  const parsed = helloSchema.safeParse(value);
  if (!parsed.success)
    return { welcome: refuse("bad_input", "Not a hello this server understands.") };
  // Before anything is read: a revocation from here on finds this connection and ends it.
  await socket.join(workstationRoom(parsed.data.workstation.toLowerCase()));
  return await recognise(parsed.data, nonce, options);
}

async function recognise(
  hello: Hello,
  nonce: string,
  { store, site, charters, clock }: AgentsOptions,
): Promise<{ welcome: Welcome; workstation?: Workstation }> {
  const found = await findWorkstation(store, hello.workstation);
  const message = helloMessage(site.id, nonce, hello.workstation);
  if (!found || !isSignedBy(found.publicKey, message, hello.signature))
    return {
      welcome: refuse("not_signed_in", "This workstation is not enrolled here. Enrol it again."),
    };
  if (found.revoked)
    return {
      welcome: refuse(
        "forbidden",
        "This workstation was revoked. Ask the operator, or enrol it again.",
      ),
    };
  if (hello.epoch !== null && hello.epoch > found.epoch)
    return { welcome: refuse("conflict", "The store is older than this workstation's outbox.") };
  // The outbox's own epoch may be an earlier one: what it sealed then still comes. Null: it lost its outbox.
  const epoch = hello.epoch ?? (await grantEpoch(store, found.id));
  const now = clock().getTime();
  await noteWorkstationSeen(store, found.id, localDateOf(now, site.zone));
  return {
    welcome: {
      ok: true,
      epoch,
      charter: charters().inForce,
      zone: found.zone,
      time: formatTimestamp(now, 0),
    },
    workstation: { ...found, epoch: Math.max(epoch, found.epoch) },
  };
}

function refuse(
  code: "bad_input" | "not_signed_in" | "forbidden" | "conflict" | "unavailable",
  message: string,
): Welcome {
  return { ok: false, code, message };
}

// The raw key in the DER frame of RFC 8410.
const SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex");

function isSignedBy(rawKey: Buffer, message: string, signature: string): boolean {
  const key = createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, rawKey]),
    format: "der",
    type: "spki",
  });
  return verify(null, Buffer.from(message), key, Buffer.from(signature, "base64url"));
}

async function takeBatch(
  socket: AgentSocket,
  value: unknown,
  turnstile: Turnstile,
  { charters, writer, clock, retentionSuspended }: AgentsOptions,
): Promise<Ack> {
  const workstation = socket.data.workstation;
  if (!workstation) return refuseBatch("say hello first");
  if (!(value instanceof Uint8Array)) return refuseBatch("expected the bytes of a sealed batch");
  const turn = turnstile.enter(value.length);
  if (!turn) return comeAgain;
  await turn;
  // Nobody hears the answer any more, or the workstation was revoked while its batch waited.
  if (!socket.connected) return comeAgain;
  const gate = passGate(value, {
    workstation: workstation.id,
    person: workstation.person,
    epoch: workstation.epoch,
    charters: charters().bySha256,
    now: clock(),
    retentionSuspended,
  });
  return gate.pass ? await writer.write(gate.gated) : gate.ack;
}

const comeAgain: Ack = { epoch: 0, seq: 0, status: "retry", retryAfter: 5 };

function refuseBatch(reason: string): Ack {
  return { epoch: 0, seq: 0, status: "refused", refusals: [{ path: "(root)", reason }] };
}

async function readStored(
  socket: AgentSocket,
  value: unknown,
  { store }: AgentsOptions,
): Promise<StoredReply> {
  const workstation = socket.data.workstation;
  if (!workstation) throw new Error("asked before hello");
  const query = storedQuery.parse(value);
  const range = {
    from: new Date(millisecondsOf(query.from)),
    to: new Date(millisecondsOf(query.to)),
    workstation: workstation.id,
  };
  return await asRole(
    store,
    "etabli_subject",
    async (db) => ({
      spans: await readSpans(db, range),
      marks: await readMarks(db, range),
      tallies: await readTallies(db, range),
    }),
    workstation.person,
  );
}
