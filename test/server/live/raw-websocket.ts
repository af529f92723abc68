import { randomBytes } from "node:crypto";
import { request } from "node:http";
import type { Socket } from "node:net";

/** What the server answered instead of opening a websocket. */
export class NotUpgraded extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`answered ${status}`);
    this.status = status;
  }
}

/** A websocket that sends whatever it is told to, by hand: no library of ours would. */
export interface RawSocket {
  text(text: string): void;
  binary(bytes: Uint8Array): void;
  /** Bytes of the wire as they are, no frame around them. */
  wire(bytes: Uint8Array): void;
  /** Resolved with all that came once the server has ended the connection. */
  closed: Promise<string>;
  destroy(): void;
}

/** Opens a websocket on a path of the server. @throws NotUpgraded */
export async function openRaw(
  url: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<RawSocket> {
  const socket = await upgrade(new URL(`${path}/?EIO=4&transport=websocket`, url), headers);
  let received = Buffer.alloc(0);
  const closed = new Promise<string>((resolve) => {
    socket.on("data", (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
      // A goodbye that nobody answers would be waited for 30 s.
      if (holdsClose(received)) socket.end();
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(received.toString("latin1")));
  });
  const write = (bytes: Uint8Array) => {
    if (!socket.destroyed) socket.write(bytes);
  };
  return {
    text: (text) => write(frame(0x1, Buffer.from(text))),
    binary: (bytes) => write(frame(0x2, bytes)),
    wire: write,
    closed,
    destroy: () => socket.destroy(),
  };
}

/** Whether the server's frames, which are not masked, hold one that closes. */
function holdsClose(bytes: Buffer): boolean {
  for (let at = 0; at + 2 <= bytes.length; ) {
    if (bytes[at] === 0x88) return true;
    const short = bytes[at + 1] ?? 0;
    if (short === 127 || (short === 126 && at + 4 > bytes.length)) return false;
    at += short === 126 ? 4 + bytes.readUInt16BE(at + 2) : 2 + short;
  }
  return false;
}

function upgrade(url: URL, headers: Record<string, string>): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const asking = request(url, {
      headers: {
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": randomBytes(16).toString("base64"),
        ...headers,
      },
    });
    asking.on("upgrade", (_response, socket) => resolve(socket));
    asking.on("response", (response) => {
      response.resume();
      reject(new NotUpgraded(response.statusCode ?? 0));
    });
    asking.on("error", reject);
    asking.end();
  });
}

/** One frame as clients send it: final, masked. */
export function frame(opcode: number, payload: Uint8Array): Buffer {
  const mask = randomBytes(4);
  const head = Buffer.alloc(payload.length < 126 ? 2 : payload.length < 65_536 ? 4 : 10);
  head[0] = 0x80 | opcode;
  if (payload.length < 126) head[1] = 0x80 | payload.length;
  else if (payload.length < 65_536) {
    head[1] = 0x80 | 126;
    head.writeUInt16BE(payload.length, 2);
  } else {
    head[1] = 0x80 | 127;
    head.writeBigUInt64BE(BigInt(payload.length), 2);
  }
  const masked = Buffer.from(payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0)));
  return Buffer.concat([head, mask, masked]);
}
