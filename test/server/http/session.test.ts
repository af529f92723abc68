import { afterAll, beforeAll, expect, test } from "vitest";
import { endpoints } from "#schema/endpoints";
import { readSession, touchSession } from "#server/access/session";
import { openSite } from "./open-site.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let site: Awaited<ReturnType<typeof openSite>>;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

async function isSignedIn(cookie: string): Promise<boolean> {
  const reply = await site.call(endpoints.readCharter, {}, { cookie });
  return reply.status === 200;
}

test("a session ends after 15 minutes without a request, and every request makes them start again", async () => {
  const { cookie } = await site.addAccount("health", "idle-one");
  for (let round = 0; round < 4; round++) {
    site.moveClock(15 * MINUTE - 1);
    expect(await isSignedIn(cookie)).toBe(true);
  }
  site.moveClock(15 * MINUTE);
  expect(await isSignedIn(cookie)).toBe(false);
  expect((await site.call(endpoints.readSession, {}, { cookie })).body).toEqual({ account: null });
});

test("an open dashboard keeps a session in use, until it has ended", async () => {
  const { cookie } = await site.addAccount("representative", "live-one");
  const session = await readSession(site.context, cookie);
  expect(session?.account.login).toBe("live-one");
  const hash = session?.tokenHash ?? "";
  site.moveClock(14 * MINUTE);
  expect(await touchSession(site.context, hash)).toBe(true);
  site.moveClock(14 * MINUTE);
  expect(await isSignedIn(cookie)).toBe(true);
  site.moveClock(16 * MINUTE);
  expect(await touchSession(site.context, hash)).toBe(false);
});

test.each([
  { role: "technician", login: "long-shift", hours: 12 },
  { role: "operator", login: "long-day", hours: 8 },
] as const)("a $role is asked again after $hours hours, however busy", async (entry) => {
  const { cookie } = await site.addAccount(entry.role, entry.login);
  const steps = (entry.hours * HOUR) / (10 * MINUTE);
  for (let step = 1; step < steps; step++) {
    site.moveClock(10 * MINUTE);
    expect(await isSignedIn(cookie)).toBe(true);
  }
  site.moveClock(10 * MINUTE);
  expect(await isSignedIn(cookie)).toBe(false);
});

test("signing out ends the session and its live connections, and its cookie is worth nothing afterwards", async () => {
  const { cookie } = await site.addAccount("employer", "leaving");
  const hash = (await readSession(site.context, cookie))?.tokenHash;
  const reply = await site.call(endpoints.signOut, {}, { cookie });
  expect(reply.status).toBe(200);
  expect(reply.headers.get("set-cookie")).toContain("__Host-etabli=; Max-Age=0");
  expect(site.ended).toContain(hash);
  expect(await isSignedIn(cookie)).toBe(false);
});

test("the store holds no token that could be used, only its hash", async () => {
  const { cookie } = await site.addAccount("health", "kept");
  const token = cookie.split("=")[1] ?? "";
  const rows = await site.query<{ token_hash: Buffer }>("select token_hash from session");
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) {
    expect(row.token_hash).toHaveLength(32);
    expect(row.token_hash.equals(Buffer.from(token, "base64url"))).toBe(false);
  }
});

test("cookies that are not ours are no session", async () => {
  const { cookie } = await site.addAccount("health", "forged");
  const token = cookie.split("=")[1] ?? "";
  for (const forged of [
    "",
    "__Host-etabli=",
    `etabli=${token}`,
    `__Host-etabli=${token}x`,
    `__Host-etabli=${token.slice(1)}`,
    "__Host-etabli=' or true --",
  ])
    expect(await isSignedIn(forged)).toBe(false);
});
