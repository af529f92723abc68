import { readdirSync, readFileSync, renameSync, statSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { enrol, siteAddress } from "#agent/enrol";
import { identityFile, publicKeyOf, readIdentity } from "#agent/identity";
import { openOutbox } from "#agent/outbox";
import { makeContext, makeSpan } from "./factories.ts";
import { makeFolder } from "./folder.ts";
import { charter, SITE, startSiteDouble, WORKSTATION } from "./site-double.ts";

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

async function makeSite() {
  const site = await startSiteDouble();
  endings.push(() => site.close());
  return site;
}

test("enrolling keeps a key only the owner can read, and gives the site only its public half", async () => {
  const site = await makeSite();
  let sent = "";
  const watch: typeof fetch = (address, options) => {
    sent = String(options?.body);
    return fetch(address, options);
  };
  const folder = makeFolder();
  const { identity, epoch } = await enrol({
    server: `${site.server}/`,
    code: "ABCD-EFGH",
    folder,
    fetch: watch,
  });
  expect(identity).toMatchObject({
    server: site.server,
    site: SITE,
    workstation: WORKSTATION,
    zone: "Europe/Paris",
  });
  expect(readIdentity(folder)).toEqual(identity);
  expect(JSON.parse(sent)).toEqual({
    code: "ABCD-EFGH",
    publicKey: publicKeyOf(identity.privateKey),
  });
  expect(sent).not.toContain("PRIVATE");
  if (process.platform !== "win32") {
    expect(statSync(folder).mode & 0o077).toBe(0);
    for (const name of readdirSync(folder))
      expect(statSync(`${folder}/${name}`).mode & 0o077, name).toBe(0);
  }
  const outbox = openOutbox(folder);
  expect([outbox.epoch, epoch, outbox.readCharter()]).toEqual([1, 1, charter]);
  await outbox.close();
});

test("a workstation that is enrolled stays so, unless it is told to give up its identity", async () => {
  const site = await makeSite();
  const folder = makeFolder();
  const request = { server: site.server, code: "ABCD-EFGH", folder };
  const first = await enrol(request);
  const outbox = openOutbox(folder);
  outbox.add({ spans: [makeSpan()] });
  outbox.seal(makeContext());
  outbox.add({ spans: [makeSpan(), makeSpan()] });
  await outbox.close();
  await expect(enrol(request)).rejects.toThrow("already enrolled");
  expect(readIdentity(folder)).toEqual(first.identity);
  const told: string[] = [];
  const filesThen: string[][] = [];
  const second = await enrol({
    ...request,
    replace: true,
    now: () => Date.parse("2026-11-25T08:30:00.000Z"),
    say(line) {
      told.push(line);
      filesThen.push(readdirSync(folder));
    },
  });
  const aside = "outbox.mdb.replaced-2026-11-25T08-30-00";
  expect(told).toEqual([expect.stringContaining(`${folder}/${aside}`)]);
  expect(told[0]).toContain("batches: 1, with 1 events; events in no batch yet: 2");
  expect(filesThen[0]).not.toContain(aside);
  expect(second.identity.privateKey).not.toBe(first.identity.privateKey);
  const fresh = openOutbox(folder);
  expect(fresh.counts()).toMatchObject({ sealed: 0, open: 0 });
  expect([fresh.loss, fresh.epoch, fresh.readCharter()]).toEqual([null, 1, charter]);
  expect(readdirSync(folder)).toContain(aside);
  await fresh.close();
});

const crashes: [string, string[]][] = [
  ["before anything was moved", []],
  ["when half of the outbox was moved", ["outbox.mdb"]],
  ["when the whole outbox was moved", ["outbox.mdb", "outbox.mark"]],
];
test.each(crashes)(
  "a replacement cut off %s ends with the new identity and an empty outbox",
  async (_name, moved) => {
    const site = await makeSite();
    const [folder, other] = [makeFolder(), makeFolder()];
    const request = { server: site.server, code: "ABCD-EFGH" };
    await enrol({ ...request, folder });
    const outbox = openOutbox(folder);
    outbox.add({ spans: [makeSpan()] });
    outbox.seal(makeContext());
    await outbox.close();
    const { identity } = await enrol({ ...request, folder: other });
    renameSync(identityFile(other), `${identityFile(folder)}.next`);
    for (const name of moved) renameSync(`${folder}/${name}`, `${folder}/${name}.replaced`);
    await expect(enrol({ ...request, folder })).rejects.toThrow("already enrolled");
    expect(readIdentity(folder)).toEqual(identity);
    const fresh = openOutbox(folder);
    expect([fresh.loss, fresh.lastSeq, fresh.counts().sealed]).toEqual([null, 0, 0]);
    await fresh.close();
    expect(
      readdirSync(folder).filter((name) => name.startsWith("outbox.mdb.replaced")),
    ).toHaveLength(1);
  },
);

test("an identity that is to be replaced stays, with its outbox, until the site has granted the new one", async () => {
  const site = await makeSite();
  const folder = makeFolder();
  const request = { server: site.server, code: "ABCD-EFGH", folder };
  const { identity } = await enrol(request);
  const outbox = openOutbox(folder);
  outbox.add({ spans: [makeSpan()] });
  await outbox.close();
  site.enrol = () => ({ status: 410, answer: { code: "expired", message: "run out" } });
  await expect(enrol({ ...request, replace: true })).rejects.toThrow("run out");
  expect(readIdentity(folder)).toEqual(identity);
  const kept = openOutbox(folder);
  expect(kept.counts().open).toBe(1);
  await kept.close();
});

test("what goes wrong is said in the site's own words, or with what to do; nothing is left behind", async () => {
  const site = await makeSite();
  const folder = makeFolder();
  const request = { server: site.server, code: "ABCD-EFGH", folder };
  site.enrol = () => ({
    status: 410,
    answer: { code: "expired", message: "This code has run out. Ask for a new one." },
  });
  await expect(enrol(request)).rejects.toThrow("This code has run out. Ask for a new one.");
  site.enrol = () => ({ status: 502, answer: "<html>" });
  await expect(enrol(request)).rejects.toThrow("answered 502");
  site.enrol = () => ({ status: 200, answer: { hello: "world" } });
  await expect(enrol(request)).rejects.toThrow("something else");
  await site.close();
  await expect(enrol(request)).rejects.toThrow("No answer from");
  expect(readIdentity(folder)).toBe(null);
});

test("activity does not travel in the clear: http is for this machine alone", () => {
  expect(siteAddress("http://127.0.0.1:7070/x")).toBe("http://127.0.0.1:7070");
  expect(siteAddress("http://localhost:7070")).toBe("http://localhost:7070");
  expect(siteAddress("https://etabli.example.org/")).toBe("https://etabli.example.org");
  for (const address of [
    "http://etabli.example.org",
    "http://127.example.org",
    "ftp://localhost",
    "etabli",
  ])
    expect(() => siteAddress(address)).toThrow(/https/);
});

test("the identity file holds no trace of the code", async () => {
  const site = await makeSite();
  const folder = makeFolder();
  await enrol({ server: site.server, code: "SECRET-CODE", folder });
  for (const name of readdirSync(folder))
    expect(readFileSync(`${folder}/${name}`).includes("SECRET-CODE")).toBe(false);
});
