import { createHash, createPublicKey, randomBytes, verify } from "node:crypto";
import { createServer } from "node:http";
import canonicalize from "canonicalize";
import { Server, type Socket } from "socket.io";
import { formatIdentity } from "#schema/activity";
import { ack as ackSchema, type Batch, batch as batchSchema } from "#schema/batch";
import { defaultCharter } from "#schema/charter-default";
import {
  AGENT_PATH,
  type Hello,
  helloMessage,
  type PlannedReply,
  type ReceiptsQuery,
  type ServerToAgent,
  type StoredQuery,
  type StoredReply,
  type Welcome,
} from "#schema/live";
import { millisecondsOf } from "#schema/time";

/** Like the real events, but free to answer nonsense. */
interface FromAgent {
  hello: (hello: Hello, reply: (answer: unknown) => void) => void;
  batch: (bytes: Uint8Array, reply: (answer: unknown) => void) => void;
  stored: (query: StoredQuery, reply: (answer: unknown) => void) => void;
  planned: (query: unknown, reply: (answer: unknown) => void) => void;
  receipts: (query: ReceiptsQuery, reply: (answer: unknown) => void) => void;
}
type AgentConnection = Socket<FromAgent, ServerToAgent>;

export const WORKSTATION = "8f0e9a52-4d4e-4a67-9e0f-0d4c3b1a2f10";
export const SITE = "3b241101-e2bb-4255-8caf-4136c566a962";
const canonical = canonicalize(defaultCharter) ?? "";
export const charter = {
  document: defaultCharter,
  sha256: createHash("sha256").update(canonical).digest("hex"),
};

/** What the double does with one batch: an answer (also one no server should give), or silence. */
type Reply = (batch: Batch, ack: (answer: unknown) => void, socket: AgentConnection) => void;

const store: Reply = ({ epoch, seq }, ack) => ack({ epoch, seq, status: "stored" });
export const answer =
  (fields: object): Reply =>
  ({ epoch, seq }, ack) =>
    ack({ epoch, seq, ...fields });
export const silence: Reply = () => {};
export const hangUp: Reply = (_batch, _ack, socket) => void socket.disconnect(true);

/**
 * A site of the tests' own, on a real socket, that behaves as badly as it is told to. It keeps every batch it says
 * it has stored, and everything it was sent.
 */
export async function startSiteDouble(port = 0) {
  const http = createServer((request, response) => {
    // As the real one says that it is alive.
    if (request.url === "/healthz") return void response.end("{}");
    let body = "";
    request.on("data", (piece: Buffer) => {
      body += piece.toString();
    });
    request.on("end", () => {
      const { status, answer } = double.enrol(JSON.parse(body));
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(answer));
    });
  });
  const io = new Server<FromAgent, ServerToAgent>(http, {
    path: AGENT_PATH,
    transports: ["websocket"],
    maxHttpBufferSize: 256 * 1024,
  });
  const received: { batch: Batch; sha256: string }[] = [];
  const stored = new Map<string, string>();
  const hellos: Hello[] = [];
  const double = {
    server: "",
    received,
    stored,
    hellos,
    origins: new Set<string | undefined>(),
    signatures: [] as boolean[],
    publicKey: null as string | null,
    site: SITE,
    /** Replies in turn; when none is left, batches are stored. */
    replies: [] as Reply[],
    welcome: (_hello: Hello): unknown =>
      ({
        ok: true,
        epoch: 1,
        charter,
        zone: "Europe/Paris",
        time: "2026-11-25T09:30:00.000+01:00",
      }) satisfies Welcome,
    greets: true,
    planned: { known: false, shifts: [] } as PlannedReply,
    /** What it says that it holds: what began in the window, of the batches it stored. Null is silence. */
    holds: ({ from, to }: StoredQuery): StoredReply | null => {
      const isInside = (time: string) =>
        millisecondsOf(time) >= millisecondsOf(from) && millisecondsOf(time) < millisecondsOf(to);
      const reply: StoredReply = { spans: [], marks: [], tallies: [] };
      for (const { batch, sha256 } of received) {
        if (stored.get(`${batch.epoch}/${batch.seq}`) !== sha256) continue;
        const { spans, marks } = batch;
        const id = (index: number) => formatIdentity(batch, index);
        spans.forEach((span, index) => {
          if (isInside(span.start)) reply.spans.push({ ...span, id: id(index) });
        });
        marks.forEach((mark, index) => {
          if (isInside(mark.at)) reply.marks.push({ ...mark, id: id(spans.length + index) });
        });
        batch.tallies.forEach((tally, index) => {
          const place = spans.length + marks.length + index;
          if (isInside(tally.start)) reply.tallies.push({ ...tally, id: id(place) });
        });
      }
      return reply;
    },
    enrol: (request: { publicKey: string }): { status: number; answer: unknown } => {
      double.publicKey = request.publicKey;
      return {
        status: 200,
        answer: {
          site: SITE,
          workstation: WORKSTATION,
          epoch: 1,
          zone: "Europe/Paris",
          mode: "real",
          charter,
        },
      };
    },
    sockets: io,
    async close() {
      io.disconnectSockets(true);
      if (http.listening) await io.close();
    },
  };
  io.on("connection", (socket) => {
    double.origins.add(socket.handshake.headers.origin);
    const nonce = randomBytes(32).toString("base64url");
    if (double.greets) socket.emit("challenge", { site: double.site, nonce });
    socket.on("hello", (hello, reply) => {
      hellos.push(hello);
      if (double.publicKey)
        double.signatures.push(
          verify(
            null,
            Buffer.from(helloMessage(double.site, nonce, hello.workstation)),
            createPublicKey({
              key: { kty: "OKP", crv: "Ed25519", x: double.publicKey },
              format: "jwk",
            }),
            Buffer.from(hello.signature, "base64url"),
          ),
        );
      reply(double.welcome(hello));
    });
    socket.on("stored", (query, reply) => {
      const held = double.holds(query);
      if (held !== null) reply(held);
    });
    socket.on("planned", (_query, reply) => reply(double.planned));
    socket.on("receipts", ({ batches }, reply) =>
      reply({ sha256: batches.map(({ epoch, seq }) => stored.get(`${epoch}/${seq}`) ?? null) }),
    );
    socket.on("batch", (bytes, reply) => {
      const batch = batchSchema.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      received.push({ batch, sha256 });
      const act = double.replies.shift() ?? store;
      const name = `${batch.epoch}/${batch.seq}`;
      act(
        batch,
        (given) => {
          const known = ackSchema.safeParse(given);
          if (known.success && known.data.status === "stored") stored.set(name, sha256);
          reply(given);
        },
        socket,
      );
    });
  });
  await new Promise<void>((resolve) => http.listen(port, "127.0.0.1", resolve));
  const address = http.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  double.server = `http://127.0.0.1:${address.port}`;
  return double;
}
