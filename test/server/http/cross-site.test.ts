import { afterAll, beforeAll, expect, test } from "vitest";
import { endpoints } from "#schema/endpoints";
import { ORIGIN, openSite } from "./open-site.ts";

let site: Awaited<ReturnType<typeof openSite>>;
let cookie: string;
beforeAll(async () => {
  site = await openSite();
  cookie = (await site.addAccount("operator", "olga")).cookie;
});
afterAll(() => site.close());

function invite(headers: Record<string, string>) {
  return site.call(endpoints.createInvitation, { role: "health" }, { cookie, headers });
}

test.each([
  { origin: "https://evil.example" },
  { origin: "null" },
  { origin: `${ORIGIN}.evil.example` },
  { origin: ORIGIN.replace("http:", "https:") },
  { origin: ORIGIN.replace("7070", "7071") },
  { origin: `${ORIGIN}/` },
  { "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "same-site" },
  { "sec-fetch-site": "none" },
  { origin: "https://evil.example", "sec-fetch-site": "same-origin" },
])("another site's page changes nothing here: $origin $sec-fetch-site", async (headers) => {
  const before = await site.query("select 1 from invitation");
  const reply = await invite(JSON.parse(JSON.stringify(headers)));
  expect(reply.status).toBe(403);
  expect(reply.body).toMatchObject({ code: "forbidden" });
  expect(await site.query("select 1 from invitation")).toHaveLength(before.length);
});

test("our own pages and programs that are no browser may", async () => {
  expect((await invite({ origin: ORIGIN })).status).toBe(200);
  expect((await invite({ "sec-fetch-site": "same-origin" })).status).toBe(200);
  expect((await invite({})).status).toBe(200);
});

test("no answer lets another site read it", async () => {
  const reply = await site.call(
    endpoints.readCharter,
    {},
    { cookie, headers: { origin: "https://evil.example" } },
  );
  expect(reply.headers.get("access-control-allow-origin")).toBeNull();
  expect(reply.headers.get("cross-origin-resource-policy")).toBe("same-origin");
  const preflight = await site.app.request("/api/invitations", {
    method: "OPTIONS",
    headers: { origin: "https://evil.example", "access-control-request-method": "POST" },
  });
  expect(preflight.status).toBe(404);
  expect(preflight.headers.get("access-control-allow-origin")).toBeNull();
});
