import { chmodSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { type Reply, type Request, request as requestSchema } from "./messages.ts";

const MAX_LINE_BYTES = 4096;
/** A program that connects says at once what it wants. */
const SILENCE_MS = 10_000;

/**
 * Listens for commands of this machine's user. The caller holds the folder's lock, so a socket file that is still
 * there belongs to an agent that died.
 */
export async function listenForCommands(
  address: string,
  handle: (request: Request) => Reply | Promise<Reply>,
): Promise<{ close(): Promise<void> }> {
  const isFile = process.platform !== "win32";
  if (isFile) rmSync(address, { force: true });
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    // A command that went away before its answer: nobody is left to tell.
    socket.on("error", () => {});
    socket.setTimeout(SILENCE_MS, () => socket.destroy());
    readLine(socket, (line) => {
      // The answer may take longer: to compare with the site, it must be asked batch by batch.
      socket.setTimeout(0);
      void answer(line, handle).then((reply) => socket.end(`${JSON.stringify(reply)}\n`));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(address, resolve);
  });
  if (isFile) chmodSync(address, 0o600);
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroySoon();
      }),
  };
}

function readLine(socket: Socket, use: (line: string) => void): void {
  let text = "";
  socket.setEncoding("utf8");
  socket.on("data", (piece: string) => {
    if (text.length > MAX_LINE_BYTES) return;
    text += piece;
    const end = text.indexOf("\n");
    if (end >= 0 || text.length > MAX_LINE_BYTES) {
      socket.pause();
      use(text.slice(0, Math.max(0, end)));
    }
  });
}

async function answer(
  line: string,
  handle: (request: Request) => Reply | Promise<Reply>,
): Promise<Reply> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return notOurs;
  }
  const parsed = requestSchema.safeParse(value);
  if (!parsed.success) return notOurs;
  try {
    return await handle(parsed.data);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, code: "failed", message };
  }
}

const notOurs: Reply = {
  ok: false,
  code: "bad-request",
  message: "The running agent does not know that command. Stop it, then: etabli run",
};
