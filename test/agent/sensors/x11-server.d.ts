declare module "x11/lib/xserver/index.js" {
  import type { Duplex } from "node:stream";

  export function createServer(): { addClientStream(stream: Duplex): void };
  export function createStreamPair(): [Duplex, Duplex];
}
