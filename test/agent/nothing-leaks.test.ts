import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { join } from "node:path";
import canonicalize from "canonicalize";
import { afterEach, expect, test } from "vitest";
import { systemClock } from "#agent/clock";
import { enrol } from "#agent/enrol";
import { RULES_FILE } from "#agent/sensors/application-rules";
import { readDesktop } from "#agent/sensors/desktop";
import { startSession } from "#agent/session/start-session";
import { defaultCharter } from "#schema/charter-default";
import { makeFastClock, realNow } from "#test/bench/desk/fast-clock";
import { openVirtualDesktop, type VirtualDesktop } from "#test/bench/desk/virtual-desktop";
import { bytesBelow } from "#test/support/bytes-below";
import { eventually } from "#test/support/eventually";
import { openTestSite } from "#test/support/site";
import { makeFolder } from "./folder.ts";
import { accepted, openSession } from "./session/open-session.ts";

const missing = "no Xvfb, openbox, xterm and xdotool here";
/** Names of applications, a title, and what is typed: none of it may be anywhere. */
const applications = ["Zorglub", "OurCrm"];
const secrets = ["Zorglub", "OurCrm", "Zephyrine", "Quetzalcoatl"];
let desktop: VirtualDesktop | null = null;

afterEach(() => {
  desktop?.close();
  desktop = null;
});

/** The desktop as the agent finds it, with a rule for one application and a customer's name in its title. */
async function openWork(folder: string) {
  desktop = await openVirtualDesktop(applications);
  if (!desktop) return null;
  const { display } = desktop;
  const xdotool = (...words: string[]) =>
    execFileSync("xdotool", words, { env: { ...process.env, DISPLAY: display }, encoding: "utf8" });
  const [window = ""] = xdotool("search", "--onlyvisible", "--class", "OurCrm").split("\n");
  xdotool("set_window", "--name", "Madame Zephyrine", window);
  // The person's own file: it names no more of the application than it must.
  const rules = [{ category: "crm", applications: ["our*"] }];
  writeFileSync(join(folder, RULES_FILE), JSON.stringify(rules));
  return {
    desktop,
    xdotool,
    environment: readDesktop({ DISPLAY: display, XDG_SESSION_TYPE: "x11" }, "linux"),
  };
}

/** The payloads of a stream of WebSocket frames, after its HTTP head; a client's are masked (RFC 6455). */
function readFrames(stream: Buffer): Buffer {
  const payloads: Buffer[] = [stream];
  let at = stream.indexOf("\r\n\r\n") + 4;
  while (at + 2 <= stream.length) {
    const [, second = 0] = stream.subarray(at, at + 2);
    let length = second & 127;
    at += 2;
    if (length === 126) length = stream.readUInt16BE(at);
    if (length === 127) length = Number(stream.readBigUInt64BE(at));
    at += { 126: 2, 127: 8 }[second & 127] ?? 0;
    const mask = second & 128 ? stream.subarray(at, at + 4) : null;
    at += mask ? 4 : 0;
    const payload = Buffer.from(stream.subarray(at, at + length));
    if (mask)
      for (let n = 0; n < payload.length; n++) payload[n] = (payload[n] ?? 0) ^ (mask[n % 4] ?? 0);
    payloads.push(payload);
    at += length;
  }
  return Buffer.concat(payloads);
}

/** A wire that keeps all that goes over it, both ways. */
async function tapWire(url: string) {
  const { hostname, port } = new URL(url);
  const streams: Buffer[][] = [];
  const proxy = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      const pieces: Buffer[] = [];
      streams.push(pieces);
      from.on("data", (piece: Buffer) => pieces.push(piece));
      from.on("error", () => to.destroy());
      from.pipe(to);
    }
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const address = proxy.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    bytes: () => Buffer.concat(streams.map((pieces) => readFrames(Buffer.concat(pieces)))),
    close: () => proxy.close(),
  };
}

function expectNone(bytes: Buffer, where: string): void {
  for (const secret of secrets)
    for (const spelling of [secret, secret.toLowerCase()])
      expect(bytes.includes(spelling), `${spelling} ${where}`).toBe(false);
}

test("names and titles of applications are on no disk, on no wire and in no store; their category is in the store", async (context) => {
  const folder = makeFolder();
  const work = await openWork(folder);
  if (!work) return context.skip(missing);
  const site = await openTestSite("real");
  const wire = await tapWire(site.url);
  const alice = await site.addTechnician("Alice Durand");
  const code = await site.createCode(alice);
  const { identity } = await enrol({ server: site.url, code, folder });
  const said: string[] = [];
  const session = await startSession({
    folder,
    home: folder,
    // The site behind a tap: everything the agent sends goes through it.
    identity: { ...identity, server: wire.url },
    desktop: work.environment,
    sealEverySeconds: 0.2,
    gatewayPort: "off",
    clock: systemClock,
    random: Math.random,
    say: (line) => said.push(line),
    log: (line) => said.push(line),
  });
  const inFront = () => session.describe().applications.inFront;
  for (const [nth, category] of [
    [1, "crm"],
    [0, "other"],
    [1, "crm"],
    [0, "other"],
  ] as const) {
    work.desktop.showWindow(nth);
    await eventually(() => expect(inFront()).toBe(category));
  }
  await eventually(async () => {
    const compared = accepted(await session.handle({ command: "compare" })).comparison ?? [];
    expect(compared.reduce((sum, { eventsSame }) => sum + eventsSame, 0)).toBeGreaterThan(2);
  });
  expectNone(bytesBelow(folder), "on the agent's disk while it runs");
  await session.stop();
  expectNone(bytesBelow(folder), "on the agent's disk");
  expect(wire.bytes().includes('"label":"crm"')).toBe(true);
  expectNone(wire.bytes(), "on the wire");
  expectNone(bytesBelow(site.folder), "in the store");
  expectNone(Buffer.from(JSON.stringify(said)), "in what the agent said");
  wire.close();
  await site.close();
});

test("of what is typed there are counts by five minutes, and nothing finer anywhere; without a yes there is nothing", async (context) => {
  const folder = makeFolder();
  const work = await openWork(folder);
  if (!work) return context.skip(missing);
  const document = {
    ...defaultCharter,
    categories: defaultCharter.categories.map((each) =>
      each.id === "input" ? { ...each, on: true } : each,
    ),
  };
  const sha256 = createHash("sha256")
    .update(canonicalize(document) ?? "")
    .digest("hex");
  // Five minutes in ten seconds, from a moment in the middle of a bin.
  const from = Date.parse("2026-11-25T09:01:00.000Z");
  const clock = makeFastClock({ from, fastFrom: realNow(), speed: 30 });
  const desk = await openSession({
    folder,
    clock,
    charter: { document, sha256 },
    desktop: work.environment,
  });
  await desk.until("on");
  expect(desk.session.describe().input.state).toBe("off");
  accepted(await desk.ask({ command: "category", id: "input", on: true }));
  await eventually(() => expect(desk.session.describe().input.state).toBe("sensed"));
  work.desktop.showWindow(1);
  await eventually(() => expect(desk.session.describe().applications.inFront).toBe("crm"));
  work.xdotool("type", "--delay", "5", "quetzalcoatl");
  work.xdotool("click", "1");
  expect(bytesBelow(folder).includes("tally")).toBe(false);
  const tallies = () => desk.site.received.flatMap(({ batch }) => batch.tallies);
  await eventually(() => expect(tallies()).not.toEqual([]));
  expect(tallies()).toMatchObject([{ label: "crm", keys: 12, clicks: 1, scrolls: 0 }]);
  await desk.close();
  expectNone(bytesBelow(folder), "on the agent's disk");
  expectNone(Buffer.from(JSON.stringify([desk.site.received, desk.said])), "on the wire or said");
});
