import { afterAll, beforeAll, expect, test } from "vitest";
import { endpoints } from "#schema/endpoints";
import { hashToken } from "#server/access/token";
import { openSite } from "./open-site.ts";

let site: Awaited<ReturnType<typeof openSite>>;
let token: string;
let cookie: string;
beforeAll(async () => {
  site = await openSite();
  cookie = (await site.addAccount("operator", "olga")).cookie;
  const input = { people: ["Ana"], team: "One" };
  const reply = await site.call(endpoints.createEnrolmentToken, input, { cookie });
  token = endpoints.createEnrolmentToken.output.parse(reply.body).token;
});
afterAll(() => site.close());

const row = {
  queue: "calls",
  start: "2026-11-25T09:30:00.000+01:00",
  offered: 12,
  answered: 11,
  handleSeconds: 1900,
};

function send(rows: object[], secret = token) {
  return site.call(endpoints.storeQueue, { token: secret, rows });
}

test("half hours are stored with their offset, and one sent again replaces itself", async () => {
  const later = { ...row, start: "2026-11-25T10:00:00.000+01:00" };
  expect((await send([row, later])).body).toEqual({ stored: 2 });
  expect((await send([row, { ...row, answered: 12 }])).body).toEqual({ stored: 1 });
  expect(
    await site.query(
      "select queue, start_offset, offered, answered, handle_seconds from queue_half_hour order by started_at",
    ),
  ).toEqual([
    { queue: "calls", start_offset: 60, offered: 12, answered: 12, handle_seconds: 1900 },
    { queue: "calls", start_offset: 60, offered: 12, answered: 11, handle_seconds: 1900 },
  ]);
});

test("a row that cannot be is refused with its place, and nothing of its message is stored", async () => {
  const before = await site.query("select 1 from queue_half_hour");
  const reply = await send([
    { ...row, queue: "chat" },
    { ...row, answered: 13 },
  ]);
  expect(reply).toMatchObject({ status: 400, body: { refusals: [{ path: "rows.1.answered" }] } });
  expect((await send([{ ...row, customer: "x" }])).status).toBe(400);
  expect(await site.query("select 1 from queue_half_hour")).toHaveLength(before.length);
});

test("only a living enrolment token opens it: no other token, no session, no one-time code", async () => {
  expect((await send([row], "x".repeat(43))).status).toBe(404);
  const withSession = await site.call(
    endpoints.storeQueue,
    { token: "x".repeat(43), rows: [row] },
    { cookie },
  );
  expect(withSession.status).toBe(404);
  const code = "c".repeat(43);
  await site.query(
    "insert into enrolment (code_hash, kind, people, expires_at) select $1, 'code', people, expires_at from enrolment",
    [hashToken(code)],
  );
  expect((await send([row], code)).status).toBe(404);
  site.moveClock(24 * 3_600_000);
  expect((await send([row])).status).toBe(410);
});
