import type { Server as HttpServer } from "node:http";
import type { Logger } from "pino";
import { type DefaultEventsMap, Server } from "socket.io";
import { formatIdentity } from "#schema/activity";
import type { Batch } from "#schema/batch";
import { type ActivityFrame, type ServerToUi, UI_PATH, type UiToServer } from "#schema/live";
import { formatTimestamp, millisecondsOf, offsetMinutesOf, type Timestamp } from "#schema/time";
import { readSession, type Session, touchSession } from "#server/access/session";
import type { GatedBatch } from "#server/database/activity-write";
import type { Store } from "#server/database/store";
import { heartbeat } from "./heartbeat.ts";

export interface DashboardsOptions {
  store: Store;
  clock: () => Date;
  /** The exact origins pages of this site have. */
  origins: readonly string[];
  log: Logger;
}

/** The live connections of open dashboards. */
export interface Dashboards {
  /** Shows a stored batch to its owner's own dashboards, and to nobody else. */
  publish(gated: GatedBatch): void;
  /** Ends the connections of a session (hash in hex). */
  endSession(tokenHash: string): void;
  close(): Promise<void>;
}

interface Known {
  session?: Session;
}

const SESSION_CHECK_MS = 60_000;
/** Dashboards listen; a page of ours sends nothing but the protocol's own small packets. */
const MAX_UI_FRAME_BYTES = 4096;

/**
 * Streams to each signed-in technician what was just stored of them. The room is chosen here from the session;
 * nothing a client sends can name another.
 */
export function serveDashboards(http: HttpServer, options: DashboardsOptions): Dashboards {
  const { store, clock, origins, log } = options;
  const io = new Server<UiToServer, ServerToUi, DefaultEventsMap, Known>(http, {
    path: UI_PATH,
    transports: ["websocket"],
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: MAX_UI_FRAME_BYTES,
    ...heartbeat,
    allowRequest: (request, decide) => {
      const { origin } = request.headers;
      decide(null, origin !== undefined && origins.includes(origin));
    },
  });

  io.use((socket, next) => {
    readSession({ store, clock }, socket.request.headers.cookie).then(
      (session) => {
        if (!session) return next(new Error("not_signed_in"));
        socket.data.session = session;
        next();
      },
      (error: unknown) => {
        log.error({ err: error }, "a dashboard's session could not be read");
        next(new Error("unavailable"));
      },
    );
  });

  io.on("connection", (socket) => {
    const session = socket.data.session;
    if (!session) return socket.disconnect(true);
    socket.join(sessionRoom(session.tokenHash));
    if (session.person !== null) socket.join(personRoom(session.person));
    const check = () =>
      touchSession({ store, clock }, session.tokenHash).then(
        (alive) => alive || socket.disconnect(true),
        (error: unknown) => log.error({ err: error }, "a dashboard's session could not be checked"),
      );
    // At once: a session that ended while this connection was made knew nothing of it.
    check();
    const timer = setInterval(check, SESSION_CHECK_MS);
    socket.on("disconnect", () => clearInterval(timer));
  });

  return {
    publish: ({ person, batch }) => {
      const room = personRoom(person);
      if (io.of("/").adapter.rooms.has(room)) io.to(room).emit("activity", frameOf(batch));
    },
    endSession: (tokenHash) => io.in(sessionRoom(tokenHash)).disconnectSockets(true),
    close: async () => {
      io.disconnectSockets(true);
      io.engine.close();
    },
  };
}

const personRoom = (person: string) => `person:${person}`;
const sessionRoom = (tokenHash: string) => `session:${tokenHash}`;

/** What a dashboard is shown of a stored batch: its events with their identity, as the store gives them back. */
export function frameOf(batch: Batch): ActivityFrame {
  let index = 0;
  const id = () => formatIdentity(batch, index++);
  return {
    spans: batch.spans.map((span) => ({
      id: id(),
      ...span,
      start: asStored(span.start),
      end: asStored(span.end),
    })),
    marks: batch.marks.map((mark) => ({
      id: id(),
      ...mark,
      at: asStored(mark.at),
      ...(mark.until && { until: asStored(mark.until) }),
      ...(mark.due && { due: asStored(mark.due) }),
    })),
    tallies: batch.tallies.map((tally) => ({ id: id(), ...tally, start: asStored(tally.start) })),
    ...(batch.gap ? { gap: batch.gap } : {}),
  };
}

// `Z` is an offset of zero minutes, and comes back as that.
function asStored(time: Timestamp): Timestamp {
  return formatTimestamp(millisecondsOf(time), offsetMinutesOf(time));
}
