import { afterAll, beforeAll, expect, test } from "vitest";
import type { Caller } from "#schema/endpoint";
import { endpoints } from "#schema/endpoints";
import { type Role, roles } from "#schema/role";
import { hashToken } from "#server/access/token";
import { type EndpointName, openSite } from "./open-site.ts";

const everyone = ["nobody", ...roles] as const;
const token = "A".repeat(43);
const nobodysId = "00000000-0000-4000-8000-000000000000";

/** What each endpoint is asked, and what it answers to those who may ask. A new endpoint needs its line here. */
const asked: Record<EndpointName, { input?: object; allowed: number }> = {
  readSite: { allowed: 200 },
  signIn: { input: { login: "nobody", password: "wrong" }, allowed: 401 },
  readSession: { allowed: 200 },
  signOut: { allowed: 200 },
  readInvitation: { input: { token }, allowed: 404 },
  acceptInvitation: {
    input: { token, login: "new", name: "New", password: "long enough" },
    allowed: 404,
  },
  readCharter: { allowed: 200 },
  readMyDay: { allowed: 200 },
  readMyArchive: { allowed: 200 },
  readMyWorkstations: { allowed: 200 },
  createMyEnrolment: { allowed: 200 },
  listPeople: { allowed: 200 },
  importPeople: { input: { csv: "login,name,team" }, allowed: 200 },
  importSchedules: { input: { csv: "login,date,start,end" }, allowed: 200 },
  listAccounts: { allowed: 200 },
  removeAccount: { input: { account: nobodysId }, allowed: 404 },
  createInvitation: { input: { role: "health" }, allowed: 200 },
  createEnrolment: { input: { person: nobodysId }, allowed: 404 },
  createEnrolmentToken: { input: { people: ["Ana"], team: "One" }, allowed: 200 },
  listWorkstations: { allowed: 200 },
  revokeWorkstations: { input: { person: nobodysId }, allowed: 200 },
  enrol: { input: { code: token, person: "Ana", publicKey: token }, allowed: 404 },
  storeQueue: { input: { token, rows: [] }, allowed: 404 },
};

let site: Awaited<ReturnType<typeof openSite>>;
const accounts = new Map<Role, string>();

beforeAll(async () => {
  site = await openSite();
  for (const role of roles) {
    const { id } = await site.addAccount(role, role);
    accounts.set(role, id);
  }
});
afterAll(() => site.close());

function mayCall(who: Caller, role: Role | "nobody"): boolean {
  if (who === "anyone" || who === "token") return true;
  return role !== "nobody" && (who === "signed-in" || who.includes(role));
}

async function freshCookie(role: Role | "nobody"): Promise<string | undefined> {
  const account = role === "nobody" ? undefined : accounts.get(role);
  if (account === undefined) return undefined;
  const secret = Buffer.from(`${role} ${Math.random()}`.padEnd(32).slice(0, 32)).toString(
    "base64url",
  );
  await site.query(
    "insert into session (token_hash, account, created_at, seen_at) values ($1, $2, $3, $3)",
    [hashToken(secret), account, site.context.clock()],
  );
  return `__Host-etabli=${secret}`;
}

const questions = new Map(Object.entries(asked));
const cases = Object.entries(endpoints).flatMap(([name, endpoint]) =>
  everyone.map((role) => ({ name, endpoint, role })),
);

test.each(cases)("$name called by $role answers what the table says", async (entry) => {
  const { name, endpoint, role } = entry;
  const question = questions.get(name);
  if (!question) throw new Error(`Nothing is said here about ${name}.`);
  const cookie = await freshCookie(role);
  const reply = await site.call(endpoint, question.input, {
    ...(cookie && { cookie }),
    address: `192.0.2.${cases.indexOf(entry)}`,
  });
  const refused = role === "nobody" ? 401 : 403;
  expect(reply.status).toBe(mayCall(endpoint.who, role) ? question.allowed : refused);
  expect(reply.headers.get("cache-control")).toBe("no-store");
});

test("what is not in the table answers 404, on every method", async () => {
  const table = Object.values(endpoints);
  const cookie = await freshCookie("operator");
  let refused = 0;
  for (const path of new Set(["/", "/api/nothing", ...table.map((endpoint) => endpoint.path)]))
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      if (table.some((endpoint) => endpoint.path === path && endpoint.method === method)) continue;
      if (path === "/" && method === "GET") continue;
      const reply = await site.app.request(path, { method, headers: { cookie: cookie ?? "" } });
      expect([method, path, reply.status]).toEqual([method, path, 404]);
      expect(await reply.json()).toMatchObject({ code: "not_found" });
      refused++;
    }
  expect(refused).toBeGreaterThan(80);
});
