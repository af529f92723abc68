import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Identity } from "#agent/identity";
import { AGENT_PATH, MAX_FRAME_BYTES, UI_PATH } from "#schema/live";
import { serveAgents } from "#server/live/agents";
import { greet, type LiveSite, sendBatch, startLiveSite } from "./live-site.ts";
import { frame, openRaw, type RawSocket } from "./raw-websocket.ts";

let site: LiveSite;
let identity: Identity;
let seq = 0;

beforeAll(async () => {
  site = await startLiveSite();
  const { person } = await site.addTechnician();
  identity = await site.addWorkstation(person);
});
afterAll(async () => {
  await site.close();
});

async function expectGoodAgentServed(): Promise<void> {
  const { socket, welcome } = await greet(identity);
  expect(welcome.ok).toBe(true);
  seq += 1;
  expect(await sendBatch(socket, identity.workstation, { seq })).toEqual({
    epoch: 1,
    seq,
    status: "stored",
  });
  socket.disconnect();
}

const placeholder = (num: unknown) =>
  `["batch",{"_placeholder":true,"num":${JSON.stringify(num)}}]`;

/** Each is said after the namespace was joined; none is anything an agent of ours says. */
const foreign: Record<string, (raw: RawSocket) => void> = {
  "nothing at all": (raw) => raw.text(""),
  "an engine packet of no kind": (raw) => raw.text("9hello"),
  "an empty message": (raw) => raw.text("4"),
  "a message of no kind": (raw) => raw.text("4x[]"),
  "an object for an event": (raw) => raw.text("42{}"),
  "an event without a name": (raw) => raw.text("42[]"),
  "a number for a name": (raw) => raw.text("42[1,2]"),
  "broken JSON": (raw) => raw.text('42["hello",{'),
  "deep JSON": (raw) => raw.text(`42["hello",${"[".repeat(60_000)}${"]".repeat(60_000)}]`),
  "reserved names": (raw) => {
    for (const name of [
      "connect",
      "disconnect",
      "disconnecting",
      "connect_error",
      "error",
      "newListener",
    ])
      raw.text(`42["${name}","x"]`);
  },
  "names of everything": (raw) => {
    for (const name of ["__proto__", "constructor", "toString", "activity", "charter", "challenge"])
      raw.text(`420["${name}",{"__proto__":{"ok":true}}]`);
  },
  "events without an answer to give": (raw) => {
    raw.text('42["hello",{}]');
    raw.text('42["batch","x"]');
    raw.text('42["stored",{}]');
    raw.text('42["planned",{}]');
    raw.text('42["receipts",{}]');
  },
  "events without anything": (raw) => {
    raw.text('421["hello"]');
    raw.text('422["batch"]');
    raw.text('423["stored"]');
    raw.text('424["planned"]');
    raw.text('425["receipts"]');
  },
  "more than was asked for": (raw) => raw.text('421["hello",1,2,3,4,5,6]'),
  "an answer id past all numbers": (raw) => raw.text(`42${"9".repeat(400)}["hello",{}]`),
  "answers nobody asked for": (raw) => raw.text("437[{}]"),
  "text for bytes": (raw) => raw.text('421["batch","eyJ9"]'),
  "an array for bytes": (raw) => raw.text('421["batch",[123,125]]'),
  "bytes announced and never sent": (raw) => raw.text(`451-${placeholder(0)}`),
  "text where announced bytes belong": (raw) => {
    raw.text(`451-${placeholder(0)}`);
    raw.text('42["hello",{}]');
  },
  "bytes nobody announced": (raw) => raw.binary(Buffer.from([1, 2, 3])),
  "more bytes announced than the limit": (raw) => raw.text(`4511-${placeholder(0)}`),
  "a number of attachments past all numbers": (raw) =>
    raw.text(`45${"9".repeat(50)}-${placeholder(0)}`),
  "a negative number of attachments": (raw) => raw.text(`45-1-${placeholder(0)}`),
  "a place for bytes that does not exist": (raw) => {
    raw.text(`451-${placeholder(99)}`);
    raw.binary(Buffer.from("{}"));
  },
  "a place for bytes with a nasty name": (raw) => {
    raw.text(`451-${placeholder("__proto__")}`);
    raw.binary(Buffer.from("{}"));
  },
  "another namespace": (raw) => raw.text("40/admin,{}"),
  "an event to another namespace": (raw) => raw.text('42/admin,["hello",{}]'),
  "joining twice": (raw) => raw.text("40"),
  "an upgrade probe": (raw) => raw.text("2probe"),
  "a noop storm": (raw) => {
    for (let count = 0; count < 500; count++) raw.text("6");
  },
  "a text above the limit": (raw) => raw.text(`42["batch","${"x".repeat(MAX_FRAME_BYTES)}"]`),
  "bytes above the limit": (raw) => raw.binary(Buffer.alloc(MAX_FRAME_BYTES + 1)),
  "a text that is no UTF-8": (raw) => raw.wire(frame(0x1, Buffer.from([0x34, 0x32, 0xff, 0xfe]))),
  "a frame without a mask": (raw) => raw.wire(Buffer.from([0x81, 0x02, 0x34, 0x31])),
  "a frame with reserved bits": (raw) => raw.wire(Buffer.from([0xf1, 0x80, 0, 0, 0, 0])),
  "an operation that does not exist": (raw) => raw.wire(frame(0xb, Buffer.from("x"))),
  "a length of 2^63": (raw) =>
    raw.wire(Buffer.from([0x82, 0xff, 0xff, 255, 255, 255, 255, 255, 255, 255, 1, 2, 3, 4])),
  "half a frame": (raw) => raw.wire(frame(0x2, Buffer.alloc(1000)).subarray(0, 100)),
  "a fragment without end": (raw) => raw.wire(Buffer.from([0x01, 0x81, 0, 0, 0, 0, 0x34])),
  "a ping that is too long": (raw) => raw.wire(frame(0x9, Buffer.alloc(126))),
  "no websocket at all": (raw) => raw.wire(Buffer.from("GET / HTTP/1.1\r\n\r\n")),
};

test.each(Object.keys(foreign))("%s: the next agent is served as ever", async (name) => {
  const raw = await openRaw(site.url, AGENT_PATH);
  raw.text("40");
  foreign[name]?.(raw);
  await expectGoodAgentServed();
  raw.destroy();
});

test("all of it at once, on both paths, before and after joining: the next agent is served as ever", async () => {
  const { cookie } = await site.addTechnician();
  const raws: RawSocket[] = [];
  for (const say of Object.values(foreign))
    for (const joined of [true, false])
      for (const path of [AGENT_PATH, UI_PATH]) {
        const raw = await openRaw(
          site.url,
          path,
          path === UI_PATH ? { cookie, origin: site.url } : {},
        );
        if (joined) raw.text("40");
        say(raw);
        raws.push(raw);
      }
  await expectGoodAgentServed();
  for (const raw of raws) raw.destroy();
});

test("a frame above 256 KiB ends its connection", async () => {
  const raw = await openRaw(site.url, AGENT_PATH);
  raw.text("40");
  raw.binary(Buffer.alloc(MAX_FRAME_BYTES + 1));
  await raw.closed;
});

test("a batch between the size of a batch and of a frame is refused, and the connection goes on", async () => {
  const { socket } = await greet(identity);
  const ack = await socket.emitWithAck("batch", new Uint8Array(MAX_FRAME_BYTES - 100));
  expect(ack).toMatchObject({ status: "refused", refusals: [{ path: "(root)" }] });
  seq += 1;
  expect(await sendBatch(socket, identity.workstation, { seq })).toMatchObject({
    status: "stored",
  });
  socket.disconnect();
});

test("a thousand connections that never say who they are are put out, and meanwhile others are served", {
  timeout: 60_000,
}, async () => {
  const http = createServer();
  const agents = serveAgents(http, {
    store: site.store,
    site: site.site,
    charters: () => expect.unreachable(),
    writer: { write: () => expect.unreachable(), drain: async () => {} },
    clock: () => new Date(),
    retentionSuspended: false,
    log: site.log,
    helloMs: 1_000,
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const raws: RawSocket[] = [];
  for (let hundred = 0; hundred < 10; hundred++) {
    const opened = await Promise.all(Array.from({ length: 100 }, () => openRaw(url, AGENT_PATH)));
    // Half of them join and then are silent, half do not even join.
    for (const [index, raw] of opened.entries()) if (index % 2 === 0) raw.text("40");
    raws.push(...opened);
  }
  await expectGoodAgentServed();
  const received = await Promise.all(raws.map((raw) => raw.closed));
  expect(received.filter((text) => text.includes("challenge")).length).toBeGreaterThan(100);
  await agents.close();
  await new Promise((resolve) => http.close(resolve));
});
