import { connect } from "node:net";
import { answerWithin } from "../../ask.ts";
import type { Clock } from "../../clock.ts";
import {
  type BusMessage,
  decodeMessage,
  encodeMessage,
  encodeStrings,
  firstValue,
  MESSAGE,
  NO_AUTO_START,
} from "./wire.ts";

const CALL_TIMEOUT_MS = 5_000;
const NAME = "org.freedesktop.DBus";

/** A method of a service. */
export interface BusMethod {
  service: string;
  path: string;
  interface: string;
  method: string;
}

/** What is asked and heard of other programs on D-Bus. */
export interface Bus {
  /** Asks a service that runs, in words; the first value of its answer, or null where it has none. @throws when it does not answer */
  ask(method: BusMethod, ...words: string[]): Promise<boolean | number | string | null>;
  /** Hears signals that fit the rule. What they say is not looked at: who hears them asks. */
  hear(rule: Readonly<Record<string, string>>): Promise<void>;
  close(): void;
}

/**
 * Connects to a bus as the user that this program runs as.
 * @throws when there is no bus at that address, or it does not answer
 */
export async function connectBus(options: {
  /** As in `DBUS_SESSION_BUS_ADDRESS`. */
  address: string;
  clock: Clock;
  /** Something that was to be heard of happened. */
  onSignal: () => void;
  onEnd: () => void;
}): Promise<Bus> {
  const { clock } = options;
  const socket = connect(socketOf(options.address));
  const waiting = new Map<number, (answer: BusMessage | null) => void>();
  let received = Buffer.alloc(0);
  let isGreeted = false;
  let isConnected = false;
  let isClosed = false;
  let serial = 0;
  let greet = (_isWelcome: boolean) => {};

  function close(): void {
    isClosed = true;
    socket.destroy();
  }
  function end(): void {
    for (const answer of waiting.values()) answer(null);
    waiting.clear();
    greet(false);
    if (isClosed) return;
    isClosed = true;
    if (isConnected) options.onEnd();
  }
  function take(message: BusMessage): void {
    if (message.kind === MESSAGE.signal) {
      // The bus tells everybody the name it gave them.
      if (message.member !== "NameAcquired") options.onSignal();
    } else if (message.replyTo !== undefined) {
      waiting.get(message.replyTo)?.(message);
      waiting.delete(message.replyTo);
    }
  }
  function read(data: Buffer): void {
    received = Buffer.concat([received, data]);
    if (!isGreeted) {
      const line = received.indexOf("\r\n");
      if (line === -1) return;
      isGreeted = true;
      const isWelcome = received.toString("latin1", 0, 3) === "OK ";
      received = received.subarray(line + 2);
      greet(isWelcome);
    }
    for (let next = decodeMessage(received); next; next = decodeMessage(received)) {
      received = received.subarray(next.size);
      take(next.message);
    }
  }
  socket.on("data", (data) => {
    try {
      read(data);
    } catch {
      socket.destroy();
    }
  });
  socket.on("close", end);
  // `close` follows.
  socket.on("error", () => {});

  async function ask(method: BusMethod, ...words: string[]) {
    if (isClosed) throw new Error("the bus is closed");
    serial += 1;
    const asked = serial;
    const bytes = encodeMessage(
      {
        kind: MESSAGE.call,
        serial: asked,
        path: method.path,
        interface: method.interface,
        member: method.method,
        destination: method.service,
        ...(words.length > 0 && { signature: "s".repeat(words.length) }),
        body: encodeStrings(words),
      },
      NO_AUTO_START,
    );
    const answering = new Promise<BusMessage | null>((resolve) => waiting.set(asked, resolve));
    socket.write(bytes);
    const answer = await answerWithin(clock, CALL_TIMEOUT_MS, answering).finally(() =>
      waiting.delete(asked),
    );
    if (answer?.kind !== MESSAGE.reply) throw new Error("the service gave no answer");
    return firstValue(answer);
  }
  const askBus = (method: string, ...words: string[]) =>
    ask({ service: NAME, path: "/org/freedesktop/DBus", interface: NAME, method }, ...words);

  try {
    const greeted = new Promise<boolean>((resolve) => {
      greet = resolve;
    });
    const user = Buffer.from(String(process.getuid?.() ?? 0)).toString("hex");
    socket.write(`\0AUTH EXTERNAL ${user}\r\n`);
    if (!(await answerWithin(clock, CALL_TIMEOUT_MS, greeted))) throw new Error("not let in");
    socket.write("BEGIN\r\n");
    await askBus("Hello");
    isConnected = true;
  } catch (cause) {
    close();
    throw new Error("the bus cannot be reached", { cause });
  }
  return {
    ask,
    async hear(rule) {
      const terms = Object.entries(rule).map(([name, value]) => `${name}='${value}'`);
      await askBus("AddMatch", ["type='signal'", ...terms].join(","));
    },
    close,
  };
}

/**
 * The socket of the first address of a list that is one of this machine:
 * https://dbus.freedesktop.org/doc/dbus-specification.html#addresses
 * @throws when there is none
 */
export function socketOf(addresses: string): string {
  for (const address of addresses.split(";")) {
    const [, words] = /^unix:(.*)$/.exec(address) ?? [];
    for (const word of words?.split(",") ?? []) {
      const [, name, value] = /^(path|abstract)=(.+)$/.exec(word) ?? [];
      if (value !== undefined) return (name === "abstract" ? "\0" : "") + decodeURIComponent(value);
    }
  }
  throw new Error("no address of a bus on this machine");
}
