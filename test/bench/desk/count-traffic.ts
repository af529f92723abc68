import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A wire between agent and server that counts what goes over it. */
export interface CountedWire {
  /** What the agent connects to instead of the server. */
  url: string;
  /** Bytes so far, both ways together, as TCP carries them. */
  bytes(): number;
  close(): Promise<void>;
}

/** Puts a TCP proxy on this machine in front of a server. */
export async function countTraffic(serverUrl: string): Promise<CountedWire> {
  const { hostname, port } = new URL(serverUrl);
  const open = new Set<Socket>();
  let bytes = 0;
  const proxy = createServer((agent) => {
    const server = connect(Number(port), hostname);
    for (const [from, to] of [
      [agent, server],
      [server, agent],
    ] as const) {
      open.add(from);
      from.setNoDelay(true);
      from.on("data", (piece: Buffer) => {
        bytes += piece.length;
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
    bytes: () => bytes,
    async close() {
      for (const socket of open) socket.destroy();
      proxy.close();
      await once(proxy, "close");
    },
  };
}
