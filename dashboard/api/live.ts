import { io, type Socket } from "socket.io-client";
import { type ActivityFrame, activityFrame, UI_PATH } from "#schema/live";

export type LiveState = "connecting" | "live" | "reconnecting";

export interface Live {
  readonly state: () => LiveState;
  /** Called on every change of state, and once per frame; gives back how to stop. */
  readonly watch: (listener: () => void) => () => void;
  readonly onFrame: (listener: (frame: ActivityFrame) => void) => () => void;
  /** Called on every connection: what happened while it was down has to be read again. */
  readonly onConnect: (listener: () => void) => () => void;
  readonly close: () => void;
}

const RETRY_AFTER_KICK_MS = 2_000;

/** Opens the one live connection of this page. Frames that are not ours are dropped and read again from the store. */
export function openLive(url: string, onRefused: () => void): Live {
  const socket: Socket = io(url, {
    path: UI_PATH,
    transports: ["websocket"],
    reconnectionDelayMax: 10_000,
  });
  const watchers = new Set<() => void>();
  const frames = new Set<(frame: ActivityFrame) => void>();
  const connects = new Set<() => void>();
  let state: LiveState = "connecting";
  let retry: ReturnType<typeof setTimeout> | undefined;

  const become = (next: LiveState) => {
    state = next;
    for (const listener of watchers) listener();
  };
  socket.on("connect", () => {
    become("live");
    for (const listener of connects) listener();
  });
  socket.on("disconnect", (reason) => {
    if (reason === "io client disconnect") return;
    become("reconnecting");
    if (reason !== "io server disconnect") return;
    // The server ended it: perhaps the session is over. socket.io does not come back by itself from this one.
    onRefused();
    retry = setTimeout(() => socket.connect(), RETRY_AFTER_KICK_MS);
  });
  socket.on("connect_error", () => {
    become("reconnecting");
    onRefused();
  });
  socket.on("activity", (body: unknown) => {
    const frame = activityFrame.safeParse(body);
    if (frame.success) for (const listener of frames) listener(frame.data);
    else for (const listener of connects) listener();
  });

  return {
    state: () => state,
    watch: (listener) => listen(watchers, listener),
    onFrame: (listener) => listen(frames, listener),
    onConnect: (listener) => listen(connects, listener),
    close: () => {
      clearTimeout(retry);
      socket.disconnect();
    },
  };
}

function listen<Listener>(all: Set<Listener>, listener: Listener): () => void {
  all.add(listener);
  return () => {
    all.delete(listener);
  };
}
