import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { endpoints } from "#schema/endpoints";
import { createFirstOperatorInvitation } from "#server/access/first-operator";
import { cookieOf, openSite, PASSWORD } from "./open-site.ts";

const DAY = 86_400_000;

let site: Awaited<ReturnType<typeof openSite>>;
let operator: string;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

async function invite(input: object): Promise<string> {
  const reply = await site.call(endpoints.createInvitation, input, { cookie: operator });
  return endpoints.createInvitation.output.parse(reply.body).token;
}

function accept(token: string, login: string, name = "Someone") {
  return site.call(endpoints.acceptInvitation, { token, login, name, password: PASSWORD });
}

function firstLink() {
  return createFirstOperatorInvitation(site.store, site.context.clock, randomBytes);
}

test("a new site gives out one link at a time for its first operator, and none once there is one", async () => {
  const first = await firstLink();
  const second = await firstLink();
  expect((await site.call(endpoints.readSite)).body).toMatchObject({ needsOperator: true });
  expect((await accept(first?.token ?? "", "olga")).status).toBe(410);
  const reply = await accept(second?.token ?? "", "olga", "Olga");
  expect(reply.status).toBe(200);
  expect(reply.body).toMatchObject({ login: "olga", name: "Olga", role: "operator" });
  operator = cookieOf(reply.headers);
  expect((await site.call(endpoints.listAccounts, {}, { cookie: operator })).status).toBe(200);
  expect((await site.call(endpoints.readSite)).body).toMatchObject({ needsOperator: false });
  expect(await firstLink()).toBeNull();
});

test("the first operator's link is good for a day", async () => {
  const other = await openSite();
  const link = await createFirstOperatorInvitation(other.store, other.context.clock, randomBytes);
  other.moveClock(DAY);
  const reply = await other.call(endpoints.readInvitation, { token: link?.token ?? "" });
  expect(reply.status).toBe(410);
  await other.close();
});

test("looking at a link does not use it up", async () => {
  const token = await invite({ role: "representative" });
  for (let look = 0; look < 2; look++)
    expect((await site.call(endpoints.readInvitation, { token })).body).toEqual({
      role: "representative",
      login: null,
      name: null,
      expiresAt: "2026-12-02T09:00:00.000+01:00",
    });
  expect((await accept(token, "rita")).status).toBe(200);
  expect((await site.call(endpoints.readInvitation, { token })).status).toBe(410);
});

test("of ten who use a link at the same moment one gets the account", async () => {
  const token = await invite({ role: "health" });
  const replies = await Promise.all(
    Array.from({ length: 10 }, (_, n) => accept(token, `racer-${n}`)),
  );
  expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
  expect(replies.filter((reply) => [409, 410].includes(reply.status))).toHaveLength(9);
  expect(await site.query("select 1 from account where login like 'racer-%'")).toHaveLength(1);
});

test("a taken sign-in name does not use the link up", async () => {
  const token = await invite({ role: "employer" });
  await site.addPerson("future-colleague");
  expect((await accept(token, "olga")).status).toBe(409);
  expect((await accept(token, "future-colleague")).status).toBe(409);
  expect((await accept(token, "emil")).status).toBe(200);
});

test("a technician's link is bound to one person: name and sign-in name are theirs", async () => {
  const person = await site.addPerson("tom", "Tom Ä.");
  const token = await invite({ role: "technician", person });
  expect((await site.call(endpoints.readInvitation, { token })).body).toMatchObject({
    login: "tom",
    name: "Tom Ä.",
  });
  const other = await accept(token, "someone-else", "Tom Ä.");
  expect(other.status).toBe(400);
  expect(other.body).toMatchObject({ refusals: [{ path: "login" }] });
  expect((await accept(token, "tom", "Tom Ä.")).status).toBe(200);

  const again = await site.call(
    endpoints.createInvitation,
    { role: "technician", person },
    { cookie: operator },
  );
  expect(again.status).toBe(409);
});

test("a person nobody knows cannot be invited, and a token nobody made opens nothing", async () => {
  const reply = await site.call(
    endpoints.createInvitation,
    { role: "technician", person: "00000000-0000-4000-8000-000000000000" },
    { cookie: operator },
  );
  expect(reply.status).toBe(404);
  expect((await accept("x".repeat(43), "someone")).status).toBe(404);
});

test("a short password is refused before the link is used", async () => {
  const token = await invite({ role: "health" });
  const reply = await site.call(endpoints.acceptInvitation, {
    token,
    login: "hans",
    name: "Hans",
    password: "too short",
  });
  expect(reply.body).toMatchObject({ refusals: [{ path: "password" }] });
  expect((await accept(token, "hans")).status).toBe(200);
});

test("a link is good for 7 days and not a moment longer", async () => {
  const token = await invite({ role: "health" });
  const before = await invite({ role: "health" });
  site.moveClock(7 * DAY - 1);
  expect((await accept(before, "just-in-time")).status).toBe(200);
  site.moveClock(1);
  expect((await accept(token, "too-late")).status).toBe(410);
});
