import { randomBytes } from "node:crypto";
import type { Server as HttpServer } from "node:http";
import { type DefaultEventsMap, Server, type Socket } from "socket.io";
import type { Ack } from "#schema/batch";
import {
  AGENT_PATH,
  type AgentToServer,
  hello as helloSchema,
  MAX_FRAME_BYTES,
  type ServerToAgent,
  type Welcome,
} from "#schema/live";
import type { Store } from "#server/database/store";
import type { Workstation } from "#server/database/workstation";
import { passGate } from "#server/ingest/gate";
import { createTurnstile, type Turnstile } from "#server/ingest/turnstile";
import type { Writer } from "#server/ingest/writer";
import { answerPlanned, answerReceipts, answerStored } from "./answer-agent.ts";
import { heartbeat } from "./heartbeat.ts";
import { type RecogniseOptions, recogniseAgent, refuseHello } from "./recognise-agent.ts";

export interface AgentsOptions extends RecogniseOptions {
  writer: Writer;
  retentionSuspended: boolean;
  /** How long a connection may stay without having said who it is. */
  helloMs?: number;
}

/** The live connections of the workstations. */
export interface Agents {
  isConnected(workstation: string): boolean;
  /** Ends the connections of workstations that may send no more. */
  disconnect(workstations: readonly string[]): void;
  /** Tells the connected workstations of these people to ask for their hours again. */
  tellHoursChanged(people: readonly string[]): void;
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
      if (socket.data.greeted)
        return reply(refuseHello("bad_input", "One hello for a connection."));
      socket.data.greeted = true;
      greet(socket, nonce, value, options)
        .then(({ welcome, workstation }) => {
          // Whoever left, or was revoked, meanwhile must not count as connected for ever.
          if (workstation && socket.connected) {
            clearTimeout(timer);
            socket.data.workstation = workstation;
            // Before the welcome: hours that change from here on are told, those before are found when asked for.
            socket.join(personRoom(workstation.person));
            // A workstation has one connection: an older one is half-open or a copy.
            connected.get(workstation.id)?.disconnect(true);
            connected.set(workstation.id, socket);
          }
          reply(welcome);
        })
        .catch((error: unknown) => {
          log.error({ err: error }, "an agent's hello could not be answered");
          reply(refuseHello("unavailable", "The store does not answer. Try again later."));
        });
    });
    socket.on("batch", (value, reply) => {
      if (typeof reply !== "function") return;
      takeBatch(socket, value, turnstile, options).then(reply, (error: unknown) => {
        log.error({ err: error }, "a batch could not be taken");
        reply(comeAgain);
      });
    });
    // A question that is none, or before hello, ends the connection: no agent of ours asks it.
    function answer<Reply>(
      read: (store: Store, asking: Workstation, question: unknown) => Promise<Reply>,
    ) {
      return async (question: unknown, reply: (answer: Reply) => void) => {
        if (typeof reply !== "function") return;
        try {
          const { workstation } = socket.data;
          if (!workstation) throw new Error("asked before hello");
          reply(await read(options.store, workstation, question));
        } catch (error) {
          log.error({ err: error }, "an agent's question could not be answered");
          socket.disconnect(true);
        }
      };
    }
    socket.on("stored", answer(answerStored));
    socket.on("planned", answer(answerPlanned));
    socket.on("receipts", answer(answerReceipts));
    socket.emit("challenge", { site: options.site.id, nonce });
  });

  return {
    isConnected: (workstation) => connected.has(workstation),
    disconnect: (workstations) => {
      io.in(workstations.map(workstationRoom)).disconnectSockets(true);
    },
    tellHoursChanged: (people) => {
      // To no room at all would be to everyone.
      if (people.length > 0) io.to(people.map(personRoom)).emit("replan");
    },
    close: async () => {
      io.disconnectSockets(true);
      io.engine.close();
    },
  };
}

const workstationRoom = (id: string) => `workstation:${id}`;
const personRoom = (id: string) => `person:${id}`;

async function greet(
  socket: AgentSocket,
  nonce: string,
  value: unknown,
  options: AgentsOptions,
): Promise<{ welcome: Welcome; workstation?: Workstation }> {
  const parsed = helloSchema.safeParse(value);
  if (!parsed.success)
    return { welcome: refuseHello("bad_input", "Not a hello this server understands.") };
  // Before anything is read: a revocation from here on finds this connection and ends it.
  await socket.join(workstationRoom(parsed.data.workstation.toLowerCase()));
  return await recogniseAgent(parsed.data, nonce, options);
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
