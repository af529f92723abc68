import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { Readable } from "node:stream";
import { expect, onTestFinished, test, vi } from "vitest";
import { enter, openDesk, post, send } from "./open-desk.ts";

const asked = { command: "status" };
const codeOf = (body: string): unknown => JSON.parse(body).code;

test("a name of another site that leads to this machine is refused", async () => {
  const { desk } = await openDesk();
  const { port } = new URL(desk.address);
  for (const host of [
    `evil.example:${port}`,
    "127.0.0.1",
    "127.0.0.1:1",
    `[::1]:${port}`,
    "localhost",
  ])
    for (const path of ["/", "/api/alive", "/api/command"]) {
      const answer = await send(desk.address + path, { headers: { host } });
      expect(answer.status, `${host} ${path}`).toBe(421);
      expect(answer.body).toContain("etabli status");
    }
  const local = await send(`${desk.address}/api/alive`, { headers: { host: `localhost:${port}` } });
  expect(local.status).toBe(200);
});

test.each<Record<string, string>>([
  { origin: "https://evil.example" },
  { origin: "null" },
  { origin: "http://127.0.0.1" },
  { origin: "http://127.0.0.1:5600" },
  { "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "same-site" },
  { "sec-fetch-site": "none" },
  { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" },
])(
  "a page that is not the agent's own asks nothing, even with the right cookie: %o",
  async (headers) => {
    const { desk, agent } = await openDesk();
    const shown = await enter(desk);
    const command = { command: "pause", until: 30 };
    const answer = await post(`${desk.address}/api/command`, command, { ...shown, ...headers });
    expect(answer.status).toBe(403);
    expect(codeOf(answer.body)).toBe("other-page");
    expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
    expect(agent.asked).toEqual([]);
  },
);

test("the agent's own page is answered", async () => {
  const { desk } = await openDesk();
  const shown = await enter(desk);
  const answer = await post(`${desk.address}/api/command`, asked, {
    ...shown,
    origin: desk.address,
    "sec-fetch-site": "same-origin",
  });
  expect(answer.status).toBe(200);
  expect(answer.headers["cache-control"]).toBe("no-store");
  expect(answer.headers["x-content-type-options"]).toBe("nosniff");
});

test("a link may lead to the page from anywhere, but to nothing else", async () => {
  const { desk } = await openDesk();
  const headers = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
  expect((await send(`${desk.address}/`, { headers })).status).not.toBe(403);
  expect((await send(`${desk.address}/api/alive`, { headers })).status).toBe(403);
  const asPicture = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" };
  expect((await send(`${desk.address}/`, { headers: asPicture })).status).toBe(403);
});

test("no other origin is ever given leave", async () => {
  const { desk } = await openDesk();
  const answer = await send(`${desk.address}/api/command`, {
    method: "OPTIONS",
    headers: {
      origin: "https://evil.example",
      "access-control-request-method": "POST",
      "access-control-request-private-network": "true",
    },
  });
  expect(answer.status).toBe(403);
  const named = Object.keys(answer.headers).filter((name) => name.startsWith("access-control"));
  expect(named).toEqual([]);
});

test("forms cannot ask: only JSON is taken", async () => {
  const { desk, agent } = await openDesk();
  const shown = await enter(desk);
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
    for (const path of ["/api/command", "/api/feed", "/api/session"]) {
      const answer = await post(desk.address + path, asked, { ...shown, "content-type": type });
      expect(answer.status, `${path} ${type}`).toBe(415);
    }
  expect(agent.asked).toEqual([]);
});

test("what is not a command, or too long, is refused in plain words", async () => {
  const { desk } = await openDesk();
  const shown = await enter(desk);
  const url = `${desk.address}/api/command`;
  for (const body of [{}, { command: "shutdown" }, { ...asked, more: 1 }, [], "status", null])
    expect(codeOf((await post(url, body, shown)).body)).toBe("bad-request");
  const broken = await send(url, {
    method: "POST",
    headers: { ...shown, "content-type": "application/json" },
    body: '{"command":',
  });
  expect(broken.status).toBe(400);
  const long = { command: "mark", kind: "interrupt", label: "x".repeat(70_000) };
  expect((await post(url, long, shown)).status).toBe(413);
});

test("a body of announced length costs no stream; one of unknown length is counted while it comes", async () => {
  const { desk } = await openDesk();
  const shown = await enter(desk);
  const url = `${desk.address}/api/command`;
  const streams = vi.spyOn(Readable, "toWeb");
  onTestFinished(() => streams.mockRestore());
  expect((await post(url, asked, shown)).status).toBe(200);
  expect((await post(url, { ...asked, more: "x".repeat(70_000) }, shown)).status).toBe(413);
  expect(streams).not.toHaveBeenCalled();
  const headers = { ...shown, "content-type": "application/json", "transfer-encoding": "chunked" };
  const chunked = (body: object) =>
    send(url, { method: "POST", headers, body: JSON.stringify(body) });
  expect((await chunked(asked)).status).toBe(200);
  expect((await chunked({ ...asked, more: "x".repeat(70_000) })).status).toBe(413);
});

test("a failure of the agent is told without saying what was asked", async () => {
  const { desk, said } = await openDesk({
    handle: () => {
      throw new RangeError("no such label: billing");
    },
  });
  const answer = await post(`${desk.address}/api/command`, asked, await enter(desk));
  expect(answer.status).toBe(500);
  expect(codeOf(answer.body)).toBe("failed");
  expect([...said, answer.body].join()).not.toContain("billing");
  expect(said).toEqual(["The desk page could not be answered (RangeError)."]);
});

test("the feed takes JSON of who is let in, and passes on what it was told", async () => {
  const { desk, fed } = await openDesk();
  const headers = { authorization: `Bearer ${desk.token}` };
  const body = { state: "talking", queue: "billing" };
  expect((await post(`${desk.address}/api/feed`, body, headers)).status).toBe(202);
  expect((await post(`${desk.address}/api/feed`, body, await enter(desk))).status).toBe(202);
  expect(fed).toEqual([body, body]);
  const refusing = await openDesk({
    takeFeed: () => ({ ok: false, code: "invalid", message: "No such state." }),
  });
  const answer = await post(`${refusing.desk.address}/api/feed`, body, {
    authorization: `Bearer ${refusing.desk.token}`,
  });
  expect(answer.status).toBe(400);
  expect(answer.body).toContain("No such state.");
});

test("it listens on this machine's own address alone", async () => {
  const { desk } = await openDesk();
  const { port } = new URL(desk.address);
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((entry) => entry && !entry.internal && entry.family === "IPv4");
  for (const host of ["127.0.0.2", outside?.address].filter((name) => name !== undefined)) {
    const reached = await new Promise((resolve) => {
      const socket = connect(Number(port), host);
      socket.on("connect", () => resolve(socket.destroy() && "reached"));
      socket.on("error", () => resolve("refused"));
    });
    expect(reached, host).toBe("refused");
  }
});
