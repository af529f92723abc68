import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { type ServerType, serve } from "@hono/node-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPasswords } from "#server/access/password";
import { openSite, PASSWORD } from "./open-site.ts";

let site: Awaited<ReturnType<typeof openSite>>;
let server: ServerType;
let url: string;
beforeAll(async () => {
  site = await openSite();
  url = await new Promise<string>((resolve) => {
    server = serve(
      { fetch: site.app.fetch, port: 0, hostname: "127.0.0.1" },
      (address: AddressInfo) => resolve(`http://127.0.0.1:${address.port}`),
    );
  });
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await site.close();
});

function post(path: string, body: string, headers: Record<string, string> = {}) {
  return fetch(url + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
}

test("a body that is too large is refused, and the next request is not hurt by it", async () => {
  for (let round = 0; round < 3; round++) {
    const refused = await post("/api/session", "x".repeat(3_000_000));
    expect(refused.status).toBe(413);
    await refused.text();
    expect((await fetch(`${url}/api/site`, { method: "HEAD" })).status).toBe(200);
  }
});

test("an address somebody writes into a header does not count", async () => {
  const statuses: number[] = [];
  for (let n = 0; n < 11; n++) {
    const reply = await post("/api/session", '{"login":"victim","password":"wrong"}', {
      "x-forwarded-for": `198.51.100.${n}`,
      forwarded: `for=198.51.100.${n}`,
      "x-real-ip": `198.51.100.${n}`,
    });
    statuses.push(reply.status);
  }
  expect(statuses).toEqual([...Array(10).fill(401), 429]);
});

test("50 people who sign in at once all get in, and nobody else waits for them", async () => {
  const { id } = await site.addAccount("health", "ana");
  const hash = await createPasswords(randomBytes).hash(PASSWORD);
  await site.query("update account set password_hash = $2 where id = $1", [id, hash]);
  for (let n = 0; n < 49; n++) {
    const other = await site.addAccount("health", `ana-${n}`);
    await site.query("update account set password_hash = $2 where id = $1", [other.id, hash]);
  }
  const logins = ["ana", ...Array.from({ length: 49 }, (_, n) => `ana-${n}`)];
  let signedIn = 0;
  const replies = logins.map(async (login) => {
    const reply = await post("/api/session", JSON.stringify({ login, password: PASSWORD }));
    signedIn++;
    return reply.status;
  });
  await Promise.race(replies);
  // Passwords are hashed two at a time: the rest is in line now, and others pass it.
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect((await fetch(`${url}/api/site`)).status).toBe(200);
  expect(signedIn).toBeLessThan(25);
  expect(await Promise.all(replies)).toEqual(Array(50).fill(200));
});
