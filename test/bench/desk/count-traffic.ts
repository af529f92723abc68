import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** Bytes so far, as TCP carries them, seen from the agent. */
export interface Traffic {
  sent: number;
  received: number;
}

/** A wire between agent and server that counts what goes over it. */
export interface CountedWire {
  /** What the agent connects to instead of the server. */
  url: string;
  traffic(): Traffic;
  close(): Promise<void>;
}

/** Puts a TCP proxy on this machine in front of a server. */
export async function countTraffic(serverUrl: string): Promise<CountedWire> {
  const { hostname, port } = new URL(serverUrl);
  const open = new Set<Socket>();
  const traffic: Traffic = { sent: 0, received: 0 };
  const proxy = createServer((agent) => {
    const server = connect(Number(port), hostname);
    for (const [from, to, way] of [
      [agent, server, "sent"],
      [server, agent, "received"],
    ] as const) {
      open.add(from);
      from.setNoDelay(true);
      from.on("data", (piece: Buffer) => {
        traffic[way] += piece.length;
      });
      from.pipe(to);
      // One end that breaks ends the other; the agent then sees a lost connection, as it would.
      from.on("error", () => to.destroy());
      from.on("close", () => open.delete(from));
    }
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const address = proxy.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    traffic: () => ({ ...traffic }),
    async close() {
      for (const socket of open) socket.destroy();
      proxy.close();
      await once(proxy, "close");
    },
  };
}
