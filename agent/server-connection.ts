import { io, type Socket } from "socket.io-client";
import { AGENT_PATH, type AgentToServer, type ServerToAgent } from "#schema/live";

export type AgentSocket = Socket<ServerToAgent, AgentToServer>;

/**
 * A connection to the site, not opened yet. WebSocket only; it never reconnects by itself, because the waiting
 * time between tries is the sender's business.
 */
export function makeSocket(server: string): AgentSocket {
  return io(server, {
    path: AGENT_PATH,
    transports: ["websocket"],
    reconnection: false,
    forceNew: true,
    autoConnect: false,
    timeout: 20_000,
  });
}
