import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { connect, type Socket } from "node:net";
import { socketOf } from "#agent/sensors/bus/connect";
import {
  type BusMessage,
  decodeMessage,
  encodeMessage,
  encodeStrings,
  firstValue,
  MESSAGE,
} from "#agent/sensors/bus/wire";

/** Why no D-Bus of the test's own can be had here; null when it can. */
export function missingBus(): string | null {
  return spawnSync("which", ["dbus-daemon"]).status === 0 ? null : "dbus-daemon is not installed";
}

/** A bus of the test's own. */
export async function openBus(): Promise<{ address: string; close(): void }> {
  const words = ["--session", "--nofork", "--print-address=1"];
  const daemon: ChildProcess = spawn("dbus-daemon", words, { stdio: ["ignore", "pipe", "ignore"] });
  const address = await new Promise<string>((resolve, reject) => {
    daemon.once("error", reject);
    daemon.stdout?.once("data", (line: Buffer) => resolve(line.toString().trim()));
  });
  return { address, close: () => void daemon.kill() };
}

/** What a service answers with: a value and its D-Bus type; null for an error. */
export type Answer = { type: "b" | "o" | "t" | "v"; value: boolean | string | number } | null;

const BUS = "org.freedesktop.DBus";
const KEEP_IT_FOR_ME = 4;

/** A program on a bus that has a name, answers questions and says when something changes. */
export async function openService(
  address: string,
  name: string,
  answer: (asked: { path: string; member: string; word: unknown }) => Answer,
) {
  const socket = connect(socketOf(address));
  let serial = 0;
  let received: Buffer = Buffer.alloc(0);
  const replies = new Map<number, () => void>();
  const send = (message: Omit<BusMessage, "serial">) => {
    serial += 1;
    socket.write(encodeMessage({ ...message, serial }));
    return serial;
  };
  const askBus = (member: string, signature: string, body: Buffer) =>
    new Promise<void>((resolve) => {
      const asked = send({
        kind: MESSAGE.call,
        destination: BUS,
        path: "/org/freedesktop/DBus",
        interface: BUS,
        member,
        ...(signature && { signature }),
        body,
      });
      replies.set(asked, resolve);
    });

  await greet(socket);
  socket.on("data", (data) => {
    received = Buffer.concat([received, data]);
    for (let next = decodeMessage(received); next; next = decodeMessage(received)) {
      received = received.subarray(next.size);
      const { message } = next;
      if (message.replyTo !== undefined) replies.get(message.replyTo)?.();
      else if (message.kind === MESSAGE.call) reply(message);
    }
  });
  function reply(message: BusMessage): void {
    const { path = "", member = "", sender = "", serial: replyTo } = message;
    const said = answer({ path, member, word: firstValue(message) });
    if (said === null) {
      const errorName = "org.freedesktop.DBus.Error.UnknownMethod";
      send({ kind: MESSAGE.error, replyTo, destination: sender, errorName, body: Buffer.alloc(0) });
    } else {
      const { type } = said;
      send({
        kind: MESSAGE.reply,
        replyTo,
        destination: sender,
        signature: type,
        body: encode(said),
      });
    }
  }
  await askBus("Hello", "", Buffer.alloc(0));
  const wanted = encodeStrings([name]);
  const body = Buffer.alloc(Math.ceil(wanted.length / 4) * 4 + 4);
  wanted.copy(body);
  body.writeUInt32LE(KEEP_IT_FOR_ME, body.length - 4);
  await askBus("RequestName", "su", body);
  return {
    say: (path: string, iface: string, member: string) =>
      send({ kind: MESSAGE.signal, path, interface: iface, member, body: Buffer.alloc(0) }),
    close: () => socket.destroy(),
  };
}

function greet(socket: Socket): Promise<void> {
  const user = Buffer.from(String(process.getuid?.() ?? 0)).toString("hex");
  socket.write(`\0AUTH EXTERNAL ${user}\r\n`);
  return new Promise((resolve) => {
    socket.once("data", () => {
      socket.write("BEGIN\r\n");
      resolve();
    });
  });
}

function encode({ type, value }: NonNullable<Answer>): Buffer {
  if (typeof value === "string") return encodeStrings([value]);
  if (type === "t") {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(value));
    return bytes;
  }
  const bit = Buffer.from([value ? 1 : 0, 0, 0, 0]);
  // The signature of one letter and its end take the three bytes before the boundary, and one is left over.
  return type === "v" ? Buffer.concat([Buffer.from([1, 0x62, 0, 0]), bit]) : bit;
}
