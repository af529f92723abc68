import { afterAll, beforeAll, expect, test } from "vitest";
import { endpoints } from "#schema/endpoints";
import { problem } from "#schema/problem";
import { openSite } from "./open-site.ts";

let site: Awaited<ReturnType<typeof openSite>>;
let operator: string;
let technician: string;
beforeAll(async () => {
  site = await openSite();
  operator = (await site.addAccount("operator", "olga")).cookie;
  technician = (await site.addAccount("technician", "tom")).cookie;
});
afterAll(() => site.close());

async function post(path: string, type: string, body: string) {
  const response = await site.app.request(path, {
    method: "POST",
    headers: { cookie: operator, "content-type": type },
    body,
  });
  return { status: response.status, body: problem.parse(await response.json()) };
}

test.each([
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "application/jsonp",
])("a body of type %s is refused", async (type) => {
  const reply = await post("/api/invitations", type, '{"role":"health"}');
  expect(reply).toMatchObject({ status: 415, body: { code: "unsupported_media_type" } });
});

test("a body larger than the address takes is refused, announced or not", async () => {
  const large = JSON.stringify({ role: "x".repeat(70_000) });
  expect((await post("/api/invitations", "application/json", large)).status).toBe(413);
  const announced = await site.app.request("/api/invitations", {
    method: "POST",
    headers: {
      cookie: operator,
      "content-type": "application/json",
      "content-length": String(large.length),
    },
    body: large,
  });
  expect(announced.status).toBe(413);
});

test("a people file may be larger than other bodies", async () => {
  const csv = `login,name,team\n${"# ".repeat(60_000)}`;
  const reply = await site.call(endpoints.importPeople, { csv }, { cookie: operator });
  expect(reply.status).toBe(200);
});

test("what is not JSON is refused as such", async () => {
  for (const body of ["", "{", "{'role':1}", "NaN"])
    expect(await post("/api/invitations", "application/json", body)).toMatchObject({
      status: 400,
      body: { code: "bad_input" },
    });
});

test("unknown fields and wrong types come back with their path and reason", async () => {
  const reply = await post(
    "/api/invitations",
    "application/json; charset=utf-8",
    '{"role":"manager","note":"hello","person":7}',
  );
  expect(reply.status).toBe(400);
  expect(reply.body.refusals?.map((entry) => entry.path).sort()).toEqual([
    "(root)",
    "person",
    "role",
  ]);
  expect(JSON.stringify(reply.body)).toContain("unknown field: note");
});

test("a technician's link has to name a person, and no other link may", async () => {
  const without = await post("/api/invitations", "application/json", '{"role":"technician"}');
  expect(without.body.refusals?.[0]).toMatchObject({ path: "person" });
});

test.each(["?date=today", "?date=2026-02-30", "?person=x", "?date=2026-11-25&date=2026-11-26"])(
  "my day refuses %s",
  async (query) => {
    const response = await site.app.request(`/api/me/day${query}`, {
      headers: { cookie: technician },
    });
    expect(response.status).toBe(400);
    expect(problem.parse(await response.json()).refusals).toHaveLength(1);
  },
);

test("my day and my archive are mine, and the archive is a file named after the day", async () => {
  const day = await site.call(endpoints.readMyDay, { date: "2026-11-25" }, { cookie: technician });
  expect(day.status).toBe(200);
  expect(endpoints.readMyDay.output.parse(day.body).date).toBe("2026-11-25");
  const archive = await site.call(endpoints.readMyArchive, {}, { cookie: technician });
  expect(endpoints.readMyArchive.output.safeParse(archive.body).success).toBe(true);
  expect(archive.headers.get("content-disposition")).toBe(
    'attachment; filename="etabli-archive-2026-11-25.json"',
  );
});
