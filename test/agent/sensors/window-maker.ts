import type { Duplex } from "node:stream";
import x11, { type XClient } from "x11";
import { createServer, createStreamPair } from "x11/lib/xserver/index.js";

/** What a test's own client needs of X beyond the sensors' part. */
interface WindowMaker extends XClient {
  AllocID(): number;
  CreateWindow(...values: number[]): void;
  DestroyWindow(window: number): void;
  ChangeProperty(
    mode: number,
    window: number,
    name: number,
    type: number,
    format: number,
    data: unknown,
  ): void;
  atoms: Record<string, number>;
  sync(): Promise<void>;
}

function isWindowMaker(client: XClient): client is WindowMaker {
  return "CreateWindow" in client && "atoms" in client;
}

/** A desktop in this process: an X server in JavaScript, and a window manager's part played by the test. */
export async function makeDesktop() {
  const server = createServer();
  const connect = () => {
    const [near, far] = createStreamPair();
    server.addClientStream(far);
    return near;
  };
  const stream = connect();
  const { client, screen } = await new Promise<{ client: XClient; screen: { root: number }[] }>(
    (resolve, reject) =>
      x11.createClient({ display: ":9", stream }, (error, display) =>
        error ? reject(error) : resolve(display),
      ),
  );
  if (!isWindowMaker(client)) throw new Error("not the X client of this test");
  const root = screen[0]?.root ?? 0;
  const active = await new Promise<number>((resolve) =>
    client.InternAtom(false, "_NET_ACTIVE_WINDOW", (_error, atom) => resolve(atom)),
  );
  const { WM_CLASS = 0, WM_NAME = 0, STRING = 0, WINDOW = 0 } = client.atoms;
  return {
    connect,
    client,
    open(name: string | null, title = "Customer Zephyrine, invoice 4711") {
      const id = client.AllocID();
      client.CreateWindow(id, root, 0, 0, 100, 100, 0, 0, 0, 0);
      client.ChangeProperty(0, id, WM_NAME, STRING, 8, title);
      if (name !== null)
        client.ChangeProperty(0, id, WM_CLASS, STRING, 8, `${name.toLowerCase()}\0${name}\0`);
      return id;
    },
    activate: (id: number) => client.ChangeProperty(0, root, active, WINDOW, 32, [id]),
    close: (id: number) => client.DestroyWindow(id),
  };
}

/** Notes what was sent on a connection. */
export function listenIn(stream: Duplex): Buffer[] {
  const sent: Buffer[] = [];
  const write = stream.write.bind(stream);
  stream.write = (data: unknown, ...rest: never[]) => {
    if (data instanceof Uint8Array) sent.push(Buffer.from(data));
    return write(data, ...rest);
  };
  return sent;
}
