import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { z } from "zod";
import { held as heldSchema } from "#agent/control/held";
import { makeFolder } from "../folder.ts";
import { startSiteOfToday } from "../site-of-today.ts";
import {
  done,
  endings,
  etabli,
  etabliWith,
  makeEnrolled,
  readStatus,
  startAgent,
} from "./program.ts";

test("what waits can be seen, corrected and deleted, and what is deleted never arrives", async () => {
  const { folder, site } = await makeEnrolled();
  await startAgent(folder, "--seal-every", "0.2");
  expect(await etabli(folder, "hold-back", "60").ended).toBe(0);
  expect(await etabli(folder, "task", "start", "contact", "wrong").ended).toBe(0);
  expect(await etabli(folder, "mark", "difficult").ended).toBe(0);
  expect(await etabli(folder, "task", "stop").ended).toBe(0);
  const before = await done(etabli(folder, "held", "--json"));
  const { open } = heldSchema.parse(JSON.parse(before.out));
  expect(open.map(({ event }) => event.kind).toSorted()).toEqual(["contact", "difficult_contact"]);
  const contact = open.find(({ type }) => type === "span")?.id ?? "";
  const corrected = await done(etabli(folder, "held", "correct", contact, "--label", "billing"));
  expect(corrected).toMatchObject({ code: 0 });
  expect((await done(etabli(folder, "held"))).out).toMatch(/contact billing/);
  const deleted = await done(etabli(folder, "held", "delete", "--last", "5m", "--json"));
  expect(JSON.parse(deleted.out)).toMatchObject({ removed: 2, alreadySent: 0 });
  expect((await done(etabli(folder, "held"))).out).toContain("Held back: nothing");
  expect(await etabli(folder, "hold-back", "0").ended).toBe(0);
  expect(await etabli(folder, "task", "start", "case").ended).toBe(0);
  expect(await etabli(folder, "task", "stop").ended).toBe(0);
  while (site.stored.size < 1) await new Promise((resolve) => setImmediate(resolve));
  expect(site.received.flatMap(({ batch }) => batch.spans.map(({ kind }) => kind))).toEqual([
    "case",
  ]);
});

test("what left is printed byte for byte, and a site that holds something else ends with 1", async () => {
  const { folder, site } = await makeEnrolled();
  await startAgent(folder, "--seal-every", "0.2");
  expect(await etabli(folder, "task", "start", "case").ended).toBe(0);
  expect(await etabli(folder, "task", "stop").ended).toBe(0);
  while (site.stored.size < 1) await new Promise((resolve) => setImmediate(resolve));
  let left = await done(etabli(folder, "mirror"));
  while (!left.out.includes("1/1")) left = await done(etabli(folder, "mirror"));
  const [sent] = site.received;
  expect(left.out).toContain(sent?.sha256);
  const shown = await done(etabli(folder, "mirror", "show", "1/1"));
  expect(createHash("sha256").update(shown.out).digest("hex")).toBe(sent?.sha256);
  expect(await etabli(folder, "mirror", "show", "1/9").ended).toBe(1);
  site.stored.set("1/1", "0".repeat(64));
  const compared = await done(etabli(folder, "compare"));
  expect(compared.code).toBe(1);
  expect(compared.out).toMatch(/1\/1 .*0000000000000000 +DIFFERS/);
});

test("several people at one machine: nothing before signing in, and a wrong passphrase opens nothing", async () => {
  const { site, folder } = { site: await startSiteOfToday(), folder: makeFolder() };
  endings.push(() => site.close());
  const shared = ["enrol", site.server, "ABCD-EFGH", "--shared", "--name", "claire"];
  const mistyped = await done(etabliWith("one passphrase\nanother one\n", folder, ...shared));
  expect(mistyped).toMatchObject({ code: 1, err: expect.stringContaining("not the same") });
  const enrolled = await done(etabliWith("blue kettle morning\n", folder, ...shared));
  expect(enrolled).toMatchObject({ code: 0, out: expect.stringContaining("etabli signin claire") });
  const agent = etabli(folder, "run");
  await agent.says("nobody is signed in");
  expect((await done(etabli(folder, "status"))).out).toMatch(/^○ nothing is recorded: nobody/);
  expect(await etabli(folder, "task", "start", "case").ended).toBe(1);
  expect(await etabliWith("red kettle\n", folder, "signin", "claire").ended).toBe(1);
  let signedIn = await done(etabliWith("blue kettle morning\n", folder, "signin", "claire"));
  while (signedIn.err.includes("Wait"))
    signedIn = await done(etabliWith("blue kettle morning\n", folder, "signin", "claire"));
  expect(signedIn, signedIn.err).toMatchObject({ code: 0 });
  expect(signedIn.out + signedIn.err).not.toContain("kettle");
  while ((await readStatus(folder)).recording === "hours-not-told");
  expect((await done(etabli(folder, "status"))).out).toMatch(/^● recording/);
  expect(await etabli(folder, "signout").ended).toBe(0);
  expect((await readStatus(folder)).recording).toBe("signed-out");
});

test("the desk page opens with an address that is good once; the token is printed alone", async () => {
  const { folder } = await makeEnrolled();
  const early = await done(etabli(folder, "desk", "--token"));
  expect(early).toMatchObject({ code: 1, err: expect.stringContaining("etabli run") });
  await startAgent(folder);
  const { out } = await done(etabli(folder, "desk", "--no-open"));
  const { origin, hash } = new URL(out.trim());
  expect((await readStatus(folder)).desk).toBe(origin);
  const redeem = () =>
    fetch(`${origin}/api/session`, {
      method: "POST",
      headers: { "content-type": "application/json", origin },
      body: JSON.stringify({ ticket: hash.slice(1) }),
    });
  expect((await redeem()).status).toBe(200);
  expect((await redeem()).status).not.toBe(200);
  expect((await done(etabli(folder, "desk", "--token"))).out).toMatch(/^[\w-]{43}\n$/);
});

test("the doctor speaks of this machine and never of what is worked on", async () => {
  const { folder } = await makeEnrolled();
  await startAgent(folder);
  expect(await etabli(folder, "task", "start", "contact", "billing", "--task", "4711").ended).toBe(
    0,
  );
  const { code, out } = await done(etabli(folder, "doctor", "--json"));
  const report = z
    .object({ failed: z.int(), checks: z.array(z.object({ id: z.string(), verdict: z.string() })) })
    .parse(JSON.parse(out));
  expect(code).toBe(report.failed > 0 ? 1 : 0);
  const verdicts = Object.fromEntries(report.checks.map(({ id, verdict }) => [id, verdict]));
  expect(verdicts).toMatchObject({ folder: "ok", enrolled: "ok", agent: "ok", site: "ok" });
  expect(out).not.toMatch(/billing|4711|contact/);
});

test("installing for a folder that is not enrolled is refused; a dry run only tells", async () => {
  const folder = makeFolder();
  expect(await done(etabli(folder, "install"))).toMatchObject({
    code: 1,
    err: expect.stringContaining("etabli enrol"),
  });
  const told = await done(etabli(folder, "install", "--dry-run"));
  expect(told).toMatchObject({ code: 0, err: expect.stringContaining("Nothing was done") });
  expect(told.out).toContain(folder);
});
