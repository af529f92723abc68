import { expect, test } from "vitest";
import x11, { type XClient } from "x11";
import { createServer, createStreamPair } from "x11/lib/xserver/index.js";
import { systemClock } from "#agent/clock";
import { startX11Window } from "#agent/sensors/x11-window";
import { makeManualClock } from "./manual-clock.ts";

/** What the test's own client needs of X beyond the sensor's part. */
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
async function makeDesktop() {
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
    stream,
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

/** Collects what the sensor tells and waits for the next of it. */
function makeListener() {
  const told: (string | null)[] = [];
  let wake = () => {};
  const until = async (count: number) => {
    while (told.length < count) await new Promise<void>((resolve) => (wake = resolve));
    return told;
  };
  const onApplication = (name: string | null) => {
    told.push(name);
    wake();
  };
  return { told, until, onApplication };
}

test("the application in front is told at once when it changes, each change once", async () => {
  const desktop = await makeDesktop();
  const { told, until, onApplication } = makeListener();
  const crm = desktop.open("OurCrm");
  const mail = desktop.open("Thunderbird");
  desktop.activate(crm);
  await desktop.client.sync();
  const started = await startX11Window({
    display: ":9",
    stream: desktop.connect(),
    clock: systemClock,
    onApplication,
    onEnd: () => {},
  });
  expect(started.state).toEqual({ kind: "available" });
  desktop.activate(mail);
  desktop.activate(mail);
  await until(2);
  desktop.activate(0);
  await until(3);
  desktop.activate(crm);
  await until(4);
  expect(told).toEqual(["OurCrm", "Thunderbird", null, "OurCrm"]);
});

test("a window without a class, and one that closes while it is asked about, break nothing", async () => {
  const desktop = await makeDesktop();
  const { told, until, onApplication } = makeListener();
  await startX11Window({
    display: ":9",
    stream: desktop.connect(),
    clock: systemClock,
    onApplication,
    onEnd: () => {},
  });
  const nameless = desktop.open(null);
  const gone = desktop.open("Gone");
  const crm = desktop.open("OurCrm");
  desktop.activate(nameless);
  await until(2);
  desktop.close(gone);
  desktop.activate(gone);
  desktop.activate(crm);
  while (told.at(-1) !== "OurCrm") await until(told.length + 1);
  expect(told[1]).toBe("");
});

test("titles are never asked for", async () => {
  const desktop = await makeDesktop();
  const stream = desktop.connect();
  const sent: Buffer[] = [];
  const write = stream.write.bind(stream);
  stream.write = (data: unknown, ...rest: never[]) => {
    if (data instanceof Uint8Array) sent.push(Buffer.from(data));
    return write(data, ...rest);
  };
  const { until, onApplication } = makeListener();
  await startX11Window({
    display: ":9",
    stream,
    clock: systemClock,
    onApplication,
    onEnd: () => {},
  });
  desktop.activate(desktop.open("OurCrm"));
  await until(2);
  const GET_PROPERTY = 20;
  const { WM_NAME = -1 } = desktop.client.atoms;
  const requests = sent.filter((data) => data[0] === GET_PROPERTY);
  expect(requests.length).toBeGreaterThan(1);
  expect(requests.map((data) => data.readUInt32LE(8))).not.toContain(WM_NAME);
  expect(Buffer.concat(sent).toString("latin1")).not.toContain("_NET_WM_NAME");
});

test("no display, or none that answers, is told as a reason and not as silence", async () => {
  const options = { onApplication: () => {}, onEnd: () => {} };
  const none = await startX11Window({ ...options, display: undefined, clock: systemClock });
  expect(none.state).toEqual({
    kind: "unsupported",
    reason: "there is no X11 display (DISPLAY is not set)",
  });
  const clock = makeManualClock();
  const [deaf] = createStreamPair();
  const starting = startX11Window({ ...options, display: ":9", stream: deaf, clock });
  while (clock.nextDue() === null) await new Promise((resolve) => setImmediate(resolve));
  clock.advance(5_000);
  expect((await starting).state).toEqual({
    kind: "unsupported",
    reason: "the X11 display cannot be reached",
  });
});

test("a display that goes away is told", async () => {
  const desktop = await makeDesktop();
  const stream = desktop.connect();
  const ended = new Promise<string>((onEnd) => {
    void startX11Window({
      display: ":9",
      stream,
      clock: systemClock,
      onApplication: () => {},
      onEnd,
    }).then(() => stream.emit("end"));
  });
  expect(await ended).toBe("the X11 display went away");
});
