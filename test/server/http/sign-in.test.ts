import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { endpoints } from "#schema/endpoints";
import { Problem } from "#schema/problem";
import { createSignInLimit } from "#server/access/attempts";
import { createPasswords, type Passwords } from "#server/access/password";
import { readSession } from "#server/access/session";
import { cookieOf, openSite, PASSWORD } from "./open-site.ts";

let site: Awaited<ReturnType<typeof openSite>>;
let passwords: Passwords;
beforeAll(async () => {
  site = await openSite();
  passwords = createPasswords(randomBytes);
});
afterAll(() => site.close());
afterEach(() => {
  vi.useRealTimers();
});

async function addWithPassword(login: string): Promise<void> {
  const { id } = await site.addAccount("health", login);
  await site.query("update account set password_hash = $2 where id = $1", [
    id,
    await passwords.hash(PASSWORD),
  ]);
}

function signIn(login: string, password: string, address: string, cookie?: string) {
  return site.call(
    endpoints.signIn,
    { login, password },
    { address, ...(cookie !== undefined && { cookie }) },
  );
}

test("the right password opens a session in a cookie for this host alone, out of reach of scripts", async () => {
  await addWithPassword("ana");
  const reply = await signIn(" Ana ", PASSWORD, "192.0.2.10");
  expect(reply.status).toBe(200);
  expect(reply.body).toMatchObject({ login: "ana", role: "health" });
  expect(Object.keys(Object(reply.body)).sort()).toEqual(["id", "login", "name", "role"]);
  const set = reply.headers.get("set-cookie") ?? "";
  expect(set).toMatch(/^__Host-etabli=[A-Za-z0-9_-]{43}; /);
  expect(set.split("; ").slice(1).sort()).toEqual([
    "HttpOnly",
    "Path=/",
    "SameSite=Strict",
    "Secure",
  ]);
});

test("signing in again gives a new session and ends the one this browser had", async () => {
  await addWithPassword("bea");
  const first = cookieOf((await signIn("bea", PASSWORD, "192.0.2.11")).headers);
  const hash = (await readSession(site.context, first))?.tokenHash;
  const second = cookieOf((await signIn("bea", PASSWORD, "192.0.2.11", first)).headers);
  expect(second).not.toBe(first);
  expect(await readSession(site.context, first)).toBeNull();
  expect(await readSession(site.context, second)).not.toBeNull();
  expect(site.ended).toContain(hash);
});

test("a session cookie somebody planted is not the one that gets signed in", async () => {
  await addWithPassword("cid");
  const planted = `__Host-etabli=${"p".repeat(43)}`;
  const given = cookieOf((await signIn("cid", PASSWORD, "192.0.2.12", planted)).headers);
  expect(given).not.toBe(planted);
  expect(await readSession(site.context, planted)).toBeNull();
});

test("a wrong password and an unknown name get the same answer", async () => {
  await addWithPassword("dan");
  const wrong = await signIn("dan", "not the password", "192.0.2.13");
  const unknown = await signIn("nobody-here", "not the password", "192.0.2.13");
  expect(wrong.status).toBe(401);
  expect(unknown.status).toBe(401);
  expect(unknown.body).toEqual(wrong.body);
});

test("an unknown name costs the same work: a hash is verified all the same", async () => {
  const kept = await passwords.hash(PASSWORD);
  expect(kept).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=4\$/);
  expect(await passwords.verify(kept, PASSWORD)).toBe(true);
  expect(await passwords.verify(kept, "wrong")).toBe(false);
  const begun = performance.now();
  expect(await passwords.verify(undefined, PASSWORD)).toBe(false);
  // Not a comparison of two noisy times: only that it did not answer at once, as it would without a hash.
  expect(performance.now() - begun).toBeGreaterThan(5);
});

test("after 10 wrong passwords in a row even the right one has to wait, and then works", async () => {
  await addWithPassword("eve");
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  const guesses = await Promise.all(
    Array.from({ length: 25 }, (_, n) => signIn("eve", `guess ${n}`, "192.0.2.14")),
  );
  expect(guesses.filter((reply) => reply.status === 401)).toHaveLength(10);
  expect(guesses.filter((reply) => reply.status === 429)).toHaveLength(15);

  const early = await signIn("eve", PASSWORD, "192.0.2.14");
  expect(early.status).toBe(429);
  const wait = Number(early.headers.get("retry-after"));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(900);
  expect(early.body).toMatchObject({ code: "too_many_attempts", retryAfter: wait });

  expect((await signIn("eve", PASSWORD, "198.51.100.1")).status).toBe(200);
  vi.setSystemTime(Date.now() + wait * 1000);
  expect((await signIn("eve", PASSWORD, "192.0.2.14")).status).toBe(200);
});

test("a good sign-in forgets the bad ones before it", async () => {
  await addWithPassword("fay");
  for (let round = 0; round < 2; round++) {
    for (let guess = 0; guess < 9; guess++)
      expect((await signIn("fay", "wrong", "192.0.2.15")).status).toBe(401);
    expect((await signIn("fay", PASSWORD, "192.0.2.15")).status).toBe(200);
  }
});

test("one address may fail 100 times a day, over however many names", async () => {
  const limit = createSignInLimit();
  const fail = (login: string, address: string) =>
    limit({ login, address }, () => Promise.reject(new Problem("not_signed_in", "no"))).catch(
      (error: unknown) => (error instanceof Problem ? error.code : error),
    );
  for (let n = 0; n < 100; n++)
    expect(await fail(`someone-${n}`, "192.0.2.16")).toBe("not_signed_in");
  expect(await fail("one-more", "192.0.2.16")).toBe("too_many_attempts");
  expect(await fail("one-more", "192.0.2.17")).toBe("not_signed_in");
});

test("a broken database is no failure of the person's", async () => {
  const limit = createSignInLimit();
  const who = { login: "hal", address: "192.0.2.18" };
  for (let n = 0; n < 30; n++)
    await expect(limit(who, () => Promise.reject(new Error("gone")))).rejects.toThrow("gone");
  expect(await limit(who, () => Promise.resolve("in"))).toBe("in");
});
