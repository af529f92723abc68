import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFolder } from "../folder.ts";
import { openDesk, send } from "./open-desk.ts";

function makePage(): string {
  const page = makeFolder();
  mkdirSync(join(page, "assets"));
  writeFileSync(join(page, "index.html"), "<!doctype html><title>The desk</title>");
  writeFileSync(join(page, "assets", "main-abc.js"), "export {};");
  return page;
}

test("the page is served to anyone on this machine: it holds no data", async () => {
  const { desk } = await openDesk({ page: makePage() });
  const answer = await send(`${desk.address}/`);
  expect(answer.status).toBe(200);
  expect(answer.body).toContain("The desk");
  expect(answer.headers["content-type"]).toContain("text/html");
  expect(answer.headers["cache-control"]).toBe("no-cache");
  const script = await send(`${desk.address}/assets/main-abc.js`);
  expect(script.headers["content-type"]).toContain("javascript");
  expect(script.headers["cache-control"]).toContain("immutable");
});

test("its policy lets in no script, style or call but its own, and no frame", async () => {
  const { desk } = await openDesk({ page: makePage() });
  for (const path of ["/", "/api/alive", "/nothing"]) {
    const { headers } = await send(desk.address + path);
    const policy = String(headers["content-security-policy"]).split("; ");
    expect(policy, path).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
        "form-action 'none'",
      ]),
    );
    expect(policy.join(), path).not.toContain("unsafe");
    expect(headers["x-frame-options"]).toBe("DENY");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toBe("no-referrer");
  }
});

test("nothing outside the page's folder is served", async () => {
  const { desk, folder } = await openDesk({ page: makePage() });
  writeFileSync(join(folder, "secret.txt"), "secret");
  for (const path of [
    "/../desk-token",
    "/..%2fdesk-token",
    "/assets/..%2f..%2fdesk-token",
    "/desk-token",
  ]) {
    const answer = await send(desk.address + path);
    expect(answer.status, path).toBe(404);
    expect(answer.body).not.toContain(desk.token);
  }
});

test("when the page was not built it says so, and goes on answering commands", async () => {
  const { desk } = await openDesk({ page: join(makeFolder(), "missing") });
  const answer = await send(`${desk.address}/`);
  expect(answer.status).toBe(503);
  expect(answer.body).toContain("npm run build");
  expect((await send(`${desk.address}/api/alive`)).status).toBe(200);
});
