import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { createAsking } from "./asking.ts";
import { createDeskApp, type DeskParts } from "./desk-app.ts";
import { OPENING_FILE_MS, removeOpeningFile } from "./opening-file.ts";
import { createSessions } from "./sessions.ts";
import { keepToken, type RandomBytes } from "./token.ts";

/** Beside the server's own 7070, so that both fit on one machine. */
const DESK_PORT = 7071;

export interface DeskOptions
  extends Pick<DeskParts, "handle" | "takeFeed" | "page" | "clock" | "say"> {
  /** 7071 unless another is wanted; when it is taken, one that is free. */
  port?: number;
  /** The agent's folder, for the token. */
  folder: string;
  random: RandomBytes;
}

/** The desk page at work. */
export interface Desk {
  /** Where it is: `http://127.0.0.1:7071`. */
  address: string;
  /** What lets other programs of this person in: `Authorization: Bearer …`. */
  token: string;
  /** Opens the page once, within two minutes, as `<address>/#<ticket>`. */
  makeTicket(): string;
  /**
   * Ends what browsers have open, as when a person has left.
   * @param spareAsking leaves the page open whose command this is, if any: who signs out or in there goes on there
   */
  endSessions(spareAsking: boolean): void;
  stop(): Promise<void>;
}

/** Serves the desk page and the person's commands, to this machine alone. @throws when it cannot listen at all */
export async function startDesk(options: DeskOptions): Promise<Desk> {
  const { clock, random, folder } = options;
  const token = keepToken(folder, random);
  removeOpeningFile(folder);
  const sessions = createSessions(clock, random);
  let cancelRemoval = () => {};
  const asking = createAsking();
  const server = createServer();
  // Slow senders hold no connection for long.
  server.headersTimeout = 10_000;
  server.requestTimeout = 20_000;
  let port = 0;
  const app = createDeskApp({ ...options, token, sessions, asking, port: () => port });
  server.on("request", getRequestListener(app.fetch));
  port = await listenAtOrElsewhere(server, options.port ?? DESK_PORT);
  return {
    address: `http://127.0.0.1:${port}`,
    token,
    makeTicket() {
      cancelRemoval();
      cancelRemoval = clock.after(OPENING_FILE_MS, () => removeOpeningFile(folder));
      return sessions.makeTicket();
    },
    endSessions: (spareAsking) => sessions.endAllBut(spareAsking ? asking.current() : null),
    stop: () =>
      new Promise((resolve) => {
        cancelRemoval();
        removeOpeningFile(folder);
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Listens at the port, at any free one when another program has it or the system keeps it back. */
async function listenAtOrElsewhere(server: Server, port: number): Promise<number> {
  try {
    await listen(server, port);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code !== "EADDRINUSE" && code !== "EACCES") throw error;
    await listen(server, 0);
  }
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The desk has no address.");
  return address.port;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}
