import { request } from "node:http";
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { startGateway } from "#agent/gateway/start-gateway";
import { at, makeBucket, openGateway } from "./open-gateway.ts";

/** Asks with any Host header, which `fetch` does not allow. */
async function ask(address: string, headers: Record<string, string>): Promise<number> {
  return await new Promise((resolve, reject) => {
    const asked = request(`${address}/api/0/info`, { headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on("error", reject);
    asked.end();
  });
}

test("a request must name this machine and port in its Host header", async () => {
  const { address } = await openGateway();
  const { port } = new URL(address);
  for (const host of [
    `127.0.0.1:${port}`,
    `localhost:${port}`,
    `LOCALHOST:${port}`,
    `[::1]:${port}`,
  ])
    expect(await ask(address, { host }), host).toBe(200);
  for (const host of [
    `evil.example:${port}`,
    `127.0.0.1.evil.example:${port}`,
    `localhost.evil.example:${port}`,
    "127.0.0.1",
    "localhost",
    `127.0.0.1:${Number(port) + 1}`,
    `0.0.0.0:${port}`,
  ])
    expect(await ask(address, { host }), host).toBe(403);
});

test("watchers in browsers are served, web pages are not", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "web.tab.current");
  const beat = {
    body: { timestamp: at(0), data: { url: "https://a.example" } },
  };
  const send = (origin: string) =>
    gateway.call(`${path}/heartbeat?pulsetime=1`, { ...beat, headers: { origin } });
  for (const origin of [
    "moz-extension://1f0c2a4e-1b2c-4d5e-8f90-1234567890ab",
    "chrome-extension://nglaklhklhcoonedhgnpgddginnjdadi",
  ]) {
    const answer = await send(origin);
    expect(answer.status, origin).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
  }
  expect((await send(gateway.address)).status).toBe(200);
  for (const origin of [
    "https://evil.example",
    "null",
    "chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "https://moz-extension.example",
    "moz-extension://a.evil.example/",
    `https://127.0.0.1:${new URL(gateway.address).port}`,
    "http://localhost:3000",
  ]) {
    const answer = await send(origin);
    expect(answer.status, origin).toBe(403);
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  }
  expect((await gateway.call(`${path}/events/count`)).body).toBe(1);
});

test("an extension's question before its request is answered, a page's is not", async () => {
  const gateway = await openGateway();
  const preflight = (origin: string) =>
    gateway.call("/api/0/buckets/x/heartbeat", {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
        "access-control-request-private-network": "true",
      },
    });
  const { status, headers } = await preflight(
    "chrome-extension://nglaklhklhcoonedhgnpgddginnjdadi",
  );
  expect(status).toBe(204);
  expect(headers.get("access-control-allow-methods")).toContain("POST");
  expect(headers.get("access-control-allow-headers")).toContain("content-type");
  expect(headers.get("access-control-allow-private-network")).toBe("true");
  expect((await preflight("https://evil.example")).status).toBe(403);
});

test("a port that is taken is said, and no other is listened on", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  onTestFinished(() => void other.close());
  const address = other.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const { address: mine, told } = await openGateway({ port });
  expect(mine).toBe("");
  expect(told).toEqual([["say", expect.stringContaining(`port ${port} is taken`)]]);
});

test("without a port asked for, it listens where watchers look, or says why not", async () => {
  const gateway = await openGateway();
  const lines: string[] = [];
  const usual = await startGateway({
    ...{ folder: gateway.folder, port: null, hostname: "desk-7", clock: gateway.clock },
    ...{
      recordingSince: () => 0,
      inputSince: () => null,
      rawDays: () => 14,
      known: new Set<string>(),
    },
    ...{ categorise: () => "other", categoriseSite: () => null },
    ...{ onWindow: () => {}, onTab: () => {}, onAway: () => {}, onInput: () => {} },
    say: (line) => lines.push(line),
  });
  onTestFinished(() => usual.stop());
  // Another program of this machine may be on that port just now: both are promised.
  if (usual.address === null) {
    expect(usual.state).toEqual({
      state: "unsupported",
      reason: expect.stringContaining("port 5600 is taken"),
    });
    expect(lines).toEqual([expect.stringContaining("port 5600 is taken")]);
  } else {
    expect(usual.address).toBe("http://127.0.0.1:5600");
    expect(usual.state).toEqual({ state: "sensed" });
  }
});
