import type { Hono } from "hono";

export type Listening = { port: number; close(): Promise<void> } | { reason: string };

/**
 * Listens on 127.0.0.1 and nowhere else.
 * @param port 0 for any that is free
 * @returns a reason in plain words when the port is not to be had
 */
export async function listenOnLoopback(fetch: Hono["fetch"], port: number): Promise<Listening> {
  const { createAdaptorServer } = await import("@hono/node-server");
  const server = createAdaptorServer({ fetch, overrideGlobalObjects: false });
  const code = await new Promise<string | null>((resolve) => {
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "unknown"));
    server.listen({ host: "127.0.0.1", port, exclusive: true }, () => resolve(null));
  });
  if (code !== null) return { reason: explain(code, port) };
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}

function explain(code: string, port: number): string {
  if (code === "EADDRINUSE")
    return `port ${port} is taken, perhaps by ActivityWatch's own server; stop that, or choose another port`;
  return `port ${port} is not to be had (${code})`;
}
