import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { systemClock } from "#agent/clock";
import { decodeSway, encodeSway, frontOfTree, SWAY } from "#agent/sensors/wayland/sway-ipc";
import { startSwayWindow } from "#agent/sensors/wayland/sway-window";
import { makeManualClock } from "../manual-clock.ts";
import { makeHeard } from "./heard.ts";

const TITLE = "Customer Zephyrine, invoice 4711";
interface View {
  app_id?: string | null;
  window_properties?: { class?: string; title: string };
  focused?: boolean;
}

let closings: (() => void)[] = [];
afterEach(() => {
  for (const close of closings) close();
  closings = [];
});

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "etabli-sway-"));
  closings.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const viewOf = (view: View) => ({
  id: 9,
  type: "con",
  name: TITLE,
  pid: 4711,
  focused: false,
  nodes: [],
  floating_nodes: [],
  marks: [],
  ...view,
});

/** The tree as sway has it: root, output, workspace, windows. */
function treeOf(views: readonly View[], isWorkspaceFocused = false) {
  const above = { focused: false, floating_nodes: [], name: TITLE };
  const workspace = {
    ...above,
    type: "workspace",
    focused: isWorkspaceFocused,
    nodes: views.map(viewOf),
  };
  const output = { ...above, type: "output", nodes: [workspace] };
  return { ...above, type: "root", nodes: [{ ...output, nodes: [] }, output] };
}

/** A sway that answers on a socket of its own. */
async function openSway(first: ReturnType<typeof treeOf>) {
  let tree: unknown = first;
  const asked: string[] = [];
  const sockets: Socket[] = [];
  const path = join(makeFolder(), "sway.sock");
  const server = createServer((socket) => {
    sockets.push(socket);
    let received: Buffer = Buffer.alloc(0);
    socket.on("error", () => {});
    socket.on("data", (data) => {
      received = Buffer.concat([received, data]);
      while (received.length >= 14) {
        const size = 14 + received.readUInt32LE(6);
        if (received.length < size) return;
        const type = received.readUInt32LE(10);
        asked.push(`${type} ${received.toString("utf8", 14, size)}`);
        received = received.subarray(size);
        const answer = type === SWAY.getTree ? tree : { success: true };
        socket.write(encodeSway(type, JSON.stringify(answer)));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const end = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  closings.push(end);
  return {
    path,
    asked,
    end,
    setTree(next: unknown) {
      tree = next;
    },
    say: (type: number, body: unknown) =>
      sockets.forEach((socket) => void socket.write(encodeSway(type, JSON.stringify(body)))),
    focus(view: View) {
      this.say(SWAY.windowEvent, {
        change: "focus",
        container: viewOf({ ...view, focused: true }),
      });
    },
  };
}

async function watch(path: string) {
  const heard = makeHeard<string | null>();
  const ended = makeHeard<string>();
  const started = await startSwayWindow({
    clock: systemClock,
    socket: path,
    onApplication: heard.hear,
    onEnd: ended.hear,
  });
  if ("stop" in started) closings.push(started.stop);
  return { ...heard, ended, started };
}

test("sway tells the application in front: at first, and when another comes to the front", async () => {
  const sway = await openSway(
    treeOf([{ app_id: "firefox" }, { app_id: "our-crm", focused: true }]),
  );
  const { told, until, started } = await watch(sway.path);
  expect(started.state).toEqual({ kind: "available" });
  expect(sway.asked).toEqual(['2 ["window","workspace"]', "4 "]);
  sway.focus({ app_id: "firefox" });
  sway.say(SWAY.windowEvent, { change: "title", container: viewOf({ app_id: "firefox" }) });
  sway.focus({ app_id: "firefox" });
  // A program under XWayland has no Wayland name but its class of X11.
  sway.focus({ app_id: null, window_properties: { class: "Thunderbird", title: TITLE } });
  sway.focus({ app_id: null });
  await until((all) => all.length === 4);
  expect(told).toEqual(["our-crm", "firefox", "Thunderbird", ""]);
  expect(JSON.stringify(told)).not.toContain("Zephyrine");
});

test("an empty workspace has nothing in front, whether its last window closed or it was changed to", async () => {
  const sway = await openSway(treeOf([{ app_id: "our-crm", focused: true }]));
  const { told, until } = await watch(sway.path);
  sway.setTree(treeOf([], true));
  sway.say(SWAY.windowEvent, { change: "close", container: viewOf({ app_id: "our-crm" }) });
  await until((all) => all.length === 2);
  sway.setTree(treeOf([{ app_id: "firefox", focused: true }]));
  sway.say(SWAY.workspaceEvent, { change: "focus", current: { name: TITLE } });
  await until((all) => all.length === 3);
  expect(told).toEqual(["our-crm", null, "firefox"]);
});

test("a sway that ends, or says what cannot be read, is told without what it said", async () => {
  const sway = await openSway(treeOf([{ app_id: "our-crm", focused: true }]));
  const first = await watch(sway.path);
  sway.say(SWAY.windowEvent, { change: 7, title: TITLE });
  await first.ended.until((all) => all.length === 1);
  const second = await watch(sway.path);
  sway.end();
  await second.ended.until((all) => all.length === 1);
  const reason = "sway ended, or speaks differently than expected";
  expect([...first.ended.told, ...second.ended.told]).toEqual([reason, reason]);
});

test("no sway, and one that does not answer, are a reason", async () => {
  const reason = "sway does not answer on its socket";
  expect((await watch(join(makeFolder(), "none.sock"))).started.state).toEqual({
    kind: "unsupported",
    reason,
  });
  const deaf = createServer(() => {});
  const path = join(makeFolder(), "deaf.sock");
  await new Promise<void>((resolve) => deaf.listen(path, resolve));
  closings.push(() => deaf.close());
  const clock = makeManualClock();
  const options = { onApplication: () => {}, onEnd: () => {} };
  const starting = startSwayWindow({ ...options, clock, socket: path });
  clock.advance(5_000);
  expect((await starting).state).toEqual({ kind: "unsupported", reason });
});

test("messages are read however the stream cuts them; what is none is refused", () => {
  const type = fc.constantFrom(...Object.values(SWAY));
  fc.assert(
    fc.property(type, fc.jsonValue(), fc.nat(300), (kind, body, cut) => {
      const text = JSON.stringify(body);
      const bytes = encodeSway(kind, text);
      const two = Buffer.concat([bytes, bytes]);
      expect(decodeSway(two.subarray(0, Math.min(cut, bytes.length - 1)))).toBe(null);
      const read = decodeSway(two);
      expect(read).toEqual({ message: { type: kind, body: JSON.parse(text) }, size: bytes.length });
    }),
  );
  expect(() => decodeSway(Buffer.from("HTTP/1.1 400 Bad Request"))).toThrow(RangeError);
});

test("a window that floats is in front as any other; a container around windows is none", () => {
  const tree = treeOf([{ app_id: "our-crm" }]);
  const [, output] = tree.nodes;
  const [workspace] = output?.nodes ?? [];
  const floating = [viewOf({ app_id: "calculator", focused: true })];
  const floated = { ...tree, nodes: [{ ...workspace, floating_nodes: floating }] };
  expect(frontOfTree(floated)).toBe("calculator");
  const container = { type: "con", name: TITLE, focused: true, nodes: [viewOf({ app_id: "a" })] };
  expect(frontOfTree({ ...tree, nodes: [container] })).toBe(null);
});
