import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { endpoints } from "#schema/endpoints";
import { problem } from "#schema/problem";
import { networkOf } from "#server/http/address";
import { ORIGIN, openSite } from "./open-site.ts";

const folder = mkdtempSync(join(tmpdir(), "etabli-dashboard-"));
const page = "<!doctype html><title>Établi</title>";
let failure: unknown = new Error("nothing failed");

let site: Awaited<ReturnType<typeof openSite>>;
let technician: string;
beforeAll(async () => {
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), page);
  writeFileSync(join(folder, "favicon.svg"), "<svg/>");
  writeFileSync(join(folder, "assets", "main-abc123.js"), "export {};");
  site = await openSite({
    dashboardFolder: folder,
    readDay: () => Promise.reject(failure),
  });
  technician = (await site.addAccount("technician", "tom")).cookie;
});
afterAll(async () => {
  await site.close();
  rmSync(folder, { recursive: true, force: true });
});

const get = (path: string, headers: Record<string, string> = {}) =>
  site.app.request(path, { headers });

function failWith(error: unknown) {
  failure = error;
  return site.call(endpoints.readMyDay, {}, { cookie: technician });
}

test.each([
  "/",
  "/technician/day",
  "/favicon.svg",
  "/assets/main-abc123.js",
  "/assets/missing.js",
  "/api/site",
  "/api/nothing",
  "/api/me/day",
  "/api/openapi.json",
  "/live/ui",
  "/healthz",
  "/readyz",
])("%s carries all security headers", async (path) => {
  failure = new Error("broken");
  for (const cookie of ["", technician]) {
    const { headers } = await get(path, { cookie });
    const policy = new Map(
      (headers.get("content-security-policy") ?? "").split("; ").map((directive) => {
        const [name = "", ...sources] = directive.split(" ");
        return [name, sources.join(" ")];
      }),
    );
    expect(Object.fromEntries(policy)).toEqual({
      "default-src": "'none'",
      "script-src": "'self'",
      "style-src": "'self'",
      "img-src": "'self' data:",
      "font-src": "'self'",
      "connect-src": "'self'",
      "manifest-src": "'self'",
      "base-uri": "'none'",
      "object-src": "'none'",
      "frame-ancestors": "'none'",
      "form-action": "'self'",
    });
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(headers.get("permissions-policy")).toContain("camera=()");
    expect(headers.get("strict-transport-security")).toBeNull();
    expect(headers.get("x-powered-by")).toBeNull();
  }
});

test("over https, or on a site whose address is https, browsers are told to stay there for a year", async () => {
  const encrypted = await site.app.request("https://etabli.example/api/nothing");
  expect(encrypted.headers.get("strict-transport-security")).toBe("max-age=31536000");
  const behindTls = await openSite({ origins: ["https://etabli.example"] });
  const plain = await behindTls.app.request("/healthz");
  expect(plain.headers.get("strict-transport-security")).toBe("max-age=31536000");
  await behindTls.close();
});

test("hashed files are kept for ever, the page and everything else is asked for again", async () => {
  const asset = await get("/assets/main-abc123.js");
  expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(asset.headers.get("content-type")).toContain("javascript");
  for (const path of ["/", "/technician/day", "/favicon.svg"])
    expect((await get(path)).headers.get("cache-control")).toBe("no-cache");
  expect(await (await get("/technician/day")).text()).toBe(page);
  expect((await get("/assets/missing.js")).status).toBe(404);
});

test("no address leads out of the dashboard's folder", async () => {
  for (const path of ["/../package.json", "/%2e%2e/package.json", "/assets/..%2f..%2fetc/passwd"]) {
    const text = await (await get(path)).text();
    expect(text === page || problem.safeParse(JSON.parse(text)).success).toBe(true);
  }
});

test("without a built dashboard the page says what to do", async () => {
  const bare = await openSite();
  const reply = await bare.app.request("/");
  expect(reply.status).toBe(503);
  expect(await reply.text()).toContain("npm run build");
  await bare.close();
});

test("an error of ours shows a number and nothing else, and the log has the number without anybody's data", async () => {
  const reply = await failWith(new Error("secret of tom at 10:31"));
  expect(reply.status).toBe(500);
  const { code, message } = problem.parse(reply.body);
  expect(code).toBe("internal");
  expect(message).not.toContain("secret");
  const reference = /[0-9a-f]{12}$/.exec(message)?.[0] ?? "none";
  const line = site.logged.find((text) => text.includes(reference)) ?? "";
  expect(JSON.parse(line)).toMatchObject({ msg: "request failed", error: "Error" });
  expect(line).not.toContain("secret");
  expect(line).toContain("answers.test.ts");
});

test("an answer of ours that breaks the table's promise is an error, not an answer", async () => {
  const wrong = await openSite({
    charterInForce: () => JSON.parse('{"document":{"title":"secret"},"sha256":"x"}'),
  });
  const { cookie } = await wrong.addAccount("health", "hana");
  const reply = await wrong.call(endpoints.readCharter, {}, { cookie });
  expect(reply.status).toBe(500);
  expect(JSON.stringify(reply.body)).not.toContain("secret");
  expect(wrong.logged.join("")).toContain("invalid_type at document");
  expect(wrong.logged.join("")).not.toContain("secret");
  await wrong.close();
});

test.each([
  new Error("Connection terminated unexpectedly"),
  new Error("timeout exceeded when trying to connect"),
  new Error("The embedded database has ended."),
  Object.assign(new Error("connect"), { code: "ECONNREFUSED" }),
  Object.assign(new Error("terminating connection"), { code: "57P01" }),
  Object.assign(new Error("starting up"), { code: "57P03" }),
  new AggregateError([Object.assign(new Error("connect"), { code: "ECONNREFUSED" })]),
])("a database that cannot be reached is said to come back: %s", async (error) => {
  const reply = await failWith(error);
  expect(reply.status).toBe(503);
  expect(reply.body).toMatchObject({ code: "unavailable", retryAfter: 5 });
  expect(reply.headers.get("retry-after")).toBe("5");
});

test("a query that is wrong is not taken for a lost database", async () => {
  expect((await failWith(Object.assign(new Error("syntax"), { code: "42601" }))).status).toBe(500);
});

test("alive says yes while the database is gone, ready says no", async () => {
  const other = await openSite();
  expect(await (await other.app.request("/readyz")).json()).toEqual({ ready: true });
  await other.close();
  expect((await other.app.request("/healthz")).status).toBe(200);
  const ready = await other.app.request("/readyz");
  expect(ready.status).toBe(503);
  expect(await ready.json()).toEqual({ ready: false });
  expect((await other.call(endpoints.readSite)).status).toBe(503);
});

test("the log knows method, route, status and duration, and never who, from where or what was asked", async () => {
  const from = site.logged.length;
  await site.call(
    endpoints.readMyWorkstations,
    {},
    { cookie: technician, address: "203.0.113.77", headers: { origin: ORIGIN } },
  );
  await site.call(endpoints.signIn, { login: "somebody", password: "hunter2 hunter2" });
  await site.app.request("/technician/day?person=tom");
  const lines = site.logged.slice(from).map((line) => JSON.parse(line));
  expect(lines.map(({ method, route, status }) => [method, route, status])).toEqual([
    ["GET", "/api/me/workstations", 200],
    ["POST", "/api/session", 401],
    ["GET", "/*", 200],
  ]);
  for (const line of lines)
    expect(Object.keys(line).sort()).toEqual(
      ["hostname", "level", "method", "ms", "msg", "pid", "route", "status", "time"].sort(),
    );
  const text = site.logged.slice(from).join("");
  for (const secret of [
    "tom",
    "somebody",
    "hunter2",
    "203.0.113.77",
    technician.split("=")[1] ?? "?",
  ])
    expect(text).not.toContain(secret);
});

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
])("attempts from %s count for %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});
