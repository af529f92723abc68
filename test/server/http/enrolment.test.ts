import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { endpoints } from "#schema/endpoints";
import {
  formatEnrolmentCode,
  newEnrolmentCode,
  parseEnrolmentCode,
} from "#server/access/enrolment-code";
import { openSite } from "./open-site.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let site: Awaited<ReturnType<typeof openSite>>;
let operator: string;
beforeAll(async () => {
  site = await openSite();
  operator = (await site.addAccount("operator", "olga")).cookie;
});
afterAll(() => site.close());

const newKey = () => randomBytes(32).toString("base64url");

async function createCode(person: string): Promise<string> {
  const reply = await site.call(endpoints.createEnrolment, { person }, { cookie: operator });
  return endpoints.createEnrolment.output.parse(reply.body).code;
}

async function createToken(people: string[], team = "Team One"): Promise<string> {
  const input = { people, team };
  const reply = await site.call(endpoints.createEnrolmentToken, input, { cookie: operator });
  return endpoints.createEnrolmentToken.output.parse(reply.body).token;
}

function enrol(code: string, person?: string, key = newKey()) {
  return site.call(endpoints.enrol, {
    code,
    publicKey: key,
    ...(person !== undefined && { person }),
  });
}

test("a code enrols one workstation of its person, with the key the workstation made", async () => {
  const person = await site.addPerson("ana", "Ana", "Asia/Jerusalem");
  const code = await createCode(person);
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){3}-[0-9A-HJKMNP-TV-Z]{6}$/);
  const key = newKey();
  const reply = await enrol(code, undefined, key);
  const enrolled = endpoints.enrol.output.parse(reply.body);
  expect(enrolled).toMatchObject({ epoch: 1, zone: "Asia/Jerusalem", mode: "real" });
  expect(enrolled.site).toBe(site.context.site.id);
  const [row] = await site.query<{ person: string; public_key: Buffer }>(
    "select person, public_key from workstation where id = $1",
    [enrolled.workstation],
  );
  expect(row?.person).toBe(person);
  expect(row?.public_key.equals(Buffer.from(key, "base64url"))).toBe(true);
});

test("a code works once: used again it says so", async () => {
  const code = await createCode(await site.addPerson("bea"));
  expect((await enrol(code)).status).toBe(200);
  const again = await enrol(code);
  expect(again.status).toBe(410);
  expect(again.body).toMatchObject({ code: "expired" });
});

test("of several workstations that use a code at once one gets in", async () => {
  const person = await site.addPerson("cid");
  const code = await createCode(person);
  const replies = await Promise.all(Array.from({ length: 8 }, () => enrol(code)));
  expect(replies.map((reply) => reply.status).sort()).toEqual([200, ...Array(7).fill(410)]);
  expect(await site.query("select 1 from workstation where person = $1", [person])).toHaveLength(1);
});

test("a code runs out after 10 minutes", async () => {
  const early = await createCode(await site.addPerson("dan"));
  const late = await createCode(await site.addPerson("dora"));
  site.moveClock(10 * MINUTE - 1);
  expect((await enrol(early)).status).toBe(200);
  site.moveClock(1);
  expect((await enrol(late)).status).toBe(410);
});

test("a code may be typed in small letters, without dashes, with O for 0 and I or L for 1", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      const code = newEnrolmentCode(() => Buffer.from(bytes));
      expect(code).toHaveLength(26);
      const typed = formatEnrolmentCode(code).toLowerCase().replaceAll("0", "o");
      expect(parseEnrolmentCode(` ${typed.replaceAll("1", "l")} `)).toBe(code);
      expect(parseEnrolmentCode(typed.replaceAll("1", "I").replaceAll("-", " "))).toBe(code);
    }),
  );
});

test("two different sets of 128 bits never give the same code", () => {
  const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      const same = Buffer.from(a).equals(Buffer.from(b));
      const codeOf = (value: Uint8Array) => newEnrolmentCode(() => Buffer.from(value));
      expect(codeOf(a) === codeOf(b)).toBe(same);
    }),
  );
});

test("what is no code, an unknown code, and a name with a code are refused clearly", async () => {
  expect((await enrol("hello")).body).toMatchObject({ refusals: [{ path: "code" }] });
  expect((await enrol("0".repeat(26))).status).toBe(404);
  const code = await createCode(await site.addPerson("eve", "Eve"));
  const named = await enrol(code, "Eve");
  expect(named).toMatchObject({ status: 400, body: { refusals: [{ path: "person" }] } });
  expect((await enrol(code)).status).toBe(200);
});

test("a key that is not 32 bytes in canonical base64url is refused and the code stays good", async () => {
  const code = await createCode(await site.addPerson("fay"));
  expect((await enrol(code, undefined, `${"A".repeat(42)}B`)).status).toBe(400);
  expect((await enrol(code, undefined, "short")).status).toBe(400);
  expect((await enrol(code)).status).toBe(200);
});

test("a technician makes codes for their own workstations, and sees them", async () => {
  const tom = await site.addAccount("technician", "tom");
  const reply = await site.call(endpoints.createMyEnrolment, {}, { cookie: tom.cookie });
  const { code, expiresAt } = endpoints.createMyEnrolment.output.parse(reply.body);
  expect(Date.parse(expiresAt) - site.context.clock().getTime()).toBe(10 * MINUTE);
  const enrolled = endpoints.enrol.output.parse((await enrol(code)).body);
  const mine = await site.call(endpoints.readMyWorkstations, {}, { cookie: tom.cookie });
  expect(mine.body).toEqual({
    workstations: [
      { id: enrolled.workstation, enrolledOn: "2026-11-25", revoked: false, connected: false },
    ],
  });
});

test("a token enrols each of the people named, making those who do not exist yet", async () => {
  const known = await site.addPerson("gil", "Gil");
  const token = await createToken(["Gil", "Zoë O'Neil", "山田 太郎", "Zoe O'Neil", "Gil"]);
  const logins = await site.query<{ login: string }>(
    "select p.login from person p join team t on t.id = p.team where t.name = 'Team One' order by 1",
  );
  expect(logins.map((row) => row.login)).toEqual(["person", "zoe.o.neil", "zoe.o.neil-2"]);

  const gil = endpoints.enrol.output.parse((await enrol(token, "Gil")).body);
  const [row] = await site.query<{ person: string }>(
    "select person from workstation where id = $1",
    [gil.workstation],
  );
  expect(row?.person).toBe(known);
  const zoe = endpoints.enrol.output.parse((await enrol(token, "Zoë O'Neil")).body);
  expect(zoe.workstation).not.toBe(gil.workstation);
});

test("on a real site no token takes over a workstation that is enrolled", async () => {
  await site.addPerson("lou", "Lou");
  const token = await createToken(["Lou"]);
  const lou = endpoints.enrol.output.parse((await enrol(token, "Lou")).body);
  const again = await enrol(await createToken(["Lou"]), "Lou");
  expect(again).toMatchObject({ status: 410, body: { code: "expired" } });
  const [row] = await site.query<{ count: number }>(
    "select count(*)::integer as count from workstation where id = $1 and revoked_at is null",
    [lou.workstation],
  );
  expect(row?.count).toBe(1);
});

test("where data are replayed, a token gives the same person the same workstation again", async () => {
  const replay = await openSite({}, "replay");
  try {
    const { cookie } = await replay.addAccount("operator", "otto");
    const wanted = { people: ["Max"], team: "Log" };
    const made = await replay.call(endpoints.createEnrolmentToken, wanted, { cookie });
    const { token } = endpoints.createEnrolmentToken.output.parse(made.body);
    const enrolMax = async () => {
      const asked = { code: token, person: "Max", publicKey: newKey() };
      const reply = await replay.call(endpoints.enrol, asked);
      return endpoints.enrol.output.parse(reply.body).workstation;
    };
    expect(await enrolMax()).toBe(await enrolMax());
  } finally {
    await replay.close();
  }
});

test("a token is no use for others than those named, without a name, or after a day", async () => {
  await site.addPerson("hal", "Hal");
  const token = await createToken(["Ida"]);
  expect(await enrol(token, "Hal")).toMatchObject({
    status: 400,
    body: { refusals: [{ path: "person" }] },
  });
  expect((await enrol(token)).body).toMatchObject({ refusals: [{ path: "person" }] });
  const early = await enrol(token, "Ida");
  expect(early.status).toBe(200);
  // Midway, so that the operator's session ends and the token's day does not.
  site.moveClock(24 * HOUR);
  expect((await enrol(token, "Ida")).status).toBe(410);
  operator = (await site.addAccount("operator", "otto")).cookie;
});

test("two people of one name cannot be enrolled by name", async () => {
  await site.addPerson("jo.1", "Jo");
  await site.addPerson("jo.2", "Jo");
  const input = { people: ["Ida", "Jo"], team: "Team One" };
  const reply = await site.call(endpoints.createEnrolmentToken, input, { cookie: operator });
  expect(reply).toMatchObject({ status: 409, body: { refusals: [{ path: "people.1" }] } });
});

test("guessing codes is cut short per address; a good workstation elsewhere gets in", async () => {
  const person = await site.addPerson("kim");
  const guess = (address: string, code: string) =>
    site.call(endpoints.enrol, { code, publicKey: newKey() }, { address });
  for (let n = 0; n < 100; n++)
    expect((await guess("203.0.113.9", n.toString().padStart(26, "0"))).status).toBe(404);
  const code = await createCode(person);
  const stopped = await guess("203.0.113.9", code);
  expect(stopped.status).toBe(429);
  expect(Number(stopped.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await guess("203.0.113.10", code)).status).toBe(200);
});

test("a whole site of 300 may enrol from one address at once", async () => {
  const names = Array.from({ length: 300 }, (_, n) => `Agent ${n}`);
  const token = await createToken(names, "Team Two");
  const replies = await Promise.all(names.map((name) => enrol(token, name)));
  expect(replies.filter((reply) => reply.status !== 200)).toEqual([]);
});
