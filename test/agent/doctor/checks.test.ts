import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { checkFiles } from "#agent/doctor/check-files";
import { checkFolder } from "#agent/doctor/check-folder";
import { tryPorts } from "#agent/doctor/check-ports";
import { checkNode } from "#agent/doctor/check-program";
import { checkDesktop, checkRunningSenses, trySenses } from "#agent/doctor/check-senses";
import { checkService } from "#agent/doctor/check-service";
import { checkClock, checkSite } from "#agent/doctor/check-site";
import { writeChecks } from "#agent/doctor/write-checks";
import { openOutbox } from "#agent/outbox";
import { readDesktop } from "#agent/sensors/desktop";
import { UNIT_NAME, unitFile } from "#agent/service/systemd-unit";
import { makeStatus } from "../cli/status.ts";
import { makeIdentity, makeSpan } from "../factories.ts";
import { makeFolder } from "../folder.ts";
import { makeManualClock } from "../manual-clock.ts";
import { makeMachine, makePlace } from "../service/place.ts";

const noon = Date.parse("2026-11-25T12:00:00.000Z");
const verdicts = (checks: readonly { id: string; verdict: string }[]) =>
  Object.fromEntries(checks.map(({ id, verdict }) => [id, verdict]));

/** A site at a real address that answers like this. */
async function startSite(status: number, date?: string): Promise<string> {
  const server = createServer((_request, response) => {
    if (date !== undefined) response.sendDate = false;
    response.writeHead(status, date === undefined ? {} : { date }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
}

test("a site that answers, one that answers wrongly, and one that is not there", async () => {
  const here = { fetch, now: () => noon };
  const good = await startSite(200, new Date(noon).toUTCString());
  expect(verdicts(await checkSite(good, here))).toEqual({ site: "ok", clock: "ok" });
  const gone = createServer();
  await new Promise<void>((resolve) => gone.listen(0, "127.0.0.1", resolve));
  const address = gone.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await new Promise((resolve) => gone.close(resolve));
  const wrong = await startSite(502);
  expect(await checkSite(wrong, here)).toMatchObject([
    { verdict: "fail", told: `${wrong} answers 502` },
  ]);
  expect(await checkSite(`http://127.0.0.1:${port}`, here)).toMatchObject([
    { verdict: "fail", told: expect.stringContaining("nothing listens there") },
  ]);
});

test("what is wrong with a certificate is said in words, with what to do", async () => {
  const failing = (code: string) => () =>
    Promise.reject(
      new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code }) }),
    );
  const said = async (code: string) => {
    const [check] = await checkSite("https://s.example", { fetch: failing(code), now: () => noon });
    return `${check?.told} → ${check?.todo}`;
  };
  expect(await said("CERT_HAS_EXPIRED")).toContain("its certificate has expired");
  expect(await said("CERT_NOT_YET_VALID")).toContain("Is the clock of this machine right?");
  expect(await said("ERR_TLS_CERT_ALTNAME_INVALID")).toContain("for another name");
  for (const code of ["DEPTH_ZERO_SELF_SIGNED_CERT", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"])
    expect(await said(code)).toContain("NODE_EXTRA_CA_CERTS");
  expect(await said("ENOTFOUND")).toContain("known to no name server");
  expect(await said("E_OF_TOMORROW")).toContain("it cannot be reached (E_OF_TOMORROW)");
});

test("the clock is compared with the site's: ten seconds are nothing, four minutes stop what is sent", () => {
  const ahead = (seconds: number) =>
    checkClock(new Date(noon).toUTCString(), noon + seconds * 1000)[0];
  expect(ahead(9)).toMatchObject({ verdict: "ok" });
  expect(ahead(-90)).toMatchObject({ verdict: "warn", told: "90 s behind the site's" });
  expect(ahead(600)).toMatchObject({ verdict: "fail", told: "10 min ahead of the site's" });
  expect(checkClock(null, noon)).toEqual([]);
});

test("a folder others can read fails, with the command that mends it", async () => {
  const folder = makeFolder();
  writeFileSync(
    join(folder, "identity.json"),
    JSON.stringify(makeIdentity("https://s.example").identity),
  );
  chmodSync(folder, 0o700);
  expect(verdicts(checkFolder(folder, "linux", false))).toMatchObject({
    folder: "ok",
    enrolled: "ok",
  });
  chmodSync(folder, 0o755);
  expect(checkFolder(folder, "linux", false)[0]).toMatchObject({
    verdict: "fail",
    todo: `chmod 700 "${folder}"`,
  });
});

test("an outbox: none yet, closed in good order, not closed, and once set aside as damaged", async () => {
  const folder = makeFolder();
  const outboxCheck = (isRunning = false) =>
    checkFolder(folder, "linux", isRunning).find(({ id }) => id === "outbox");
  expect(outboxCheck()?.told).toBe("none yet");
  const outbox = openOutbox(folder);
  outbox.add({ spans: [makeSpan()] });
  expect(outboxCheck()).toMatchObject({ verdict: "warn" });
  expect(outboxCheck(true)).toMatchObject({ verdict: "ok", told: "in use by the running agent" });
  await outbox.close();
  expect(outboxCheck()).toMatchObject({ verdict: "ok", told: "whole, and closed in good order" });
  writeFileSync(join(folder, "outbox.mdb.damaged-2026-11-25T09-30-00"), "x");
  expect(outboxCheck()?.told).toContain("outbox.mdb.damaged-2026-11-25T09-30-00");
});

test("not enrolled, and enrolled with a file that cannot be read, are different things", () => {
  const folder = makeFolder();
  const enrolled = () => checkFolder(folder, "linux", false).find(({ id }) => id === "enrolled");
  expect(enrolled()).toMatchObject({
    told: "not yet",
    todo: expect.stringContaining("etabli enrol"),
  });
  writeFileSync(join(folder, "identity.json"), "{");
  expect(enrolled()).toMatchObject({
    verdict: "fail",
    told: expect.stringContaining("cannot be read"),
  });
});

test("the files a person writes are named with the place that is wrong", () => {
  const folder = makeFolder();
  expect(verdicts(checkFiles(folder))).toEqual({ rules: "ok", "feed-mapping": "ok" });
  writeFileSync(join(folder, "application-rules.json"), '[{ "category": "crm" }]');
  writeFileSync(join(folder, "feed-mapping.json"), "not json");
  const checks = checkFiles(folder);
  expect(verdicts(checks)).toEqual({ rules: "fail", "feed-mapping": "fail" });
  for (const { told, todo } of checks) {
    expect(`${told} ${todo}`).toContain(folder);
    expect(told).not.toContain("\n");
  }
});

test("without a display each sense says why, nothing fails, and input is left alone", async () => {
  const desktop = readDesktop({}, "linux");
  expect(checkDesktop(desktop)).toMatchObject({ verdict: "warn" });
  const checks = await trySenses(
    { ...desktop, systemBus: "unix:path=/nowhere" },
    makeManualClock(),
  );
  expect(verdicts(checks)).toEqual({
    applications: "warn",
    away: "warn",
    lock: "warn",
    input: "ok",
  });
  expect(checks.find(({ id }) => id === "input")?.told).toContain("not tried");
});

test("of a running agent neither the application in front nor the task is told", () => {
  const status = makeStatus({
    applications: { state: "sensed", inFront: "crm" },
    presence: { state: "permission-missing", reason: "the system asks you first", now: null },
  });
  const checks = checkRunningSenses(status);
  expect(JSON.stringify(checks)).not.toContain("crm");
  expect(verdicts(checks)).toEqual({ applications: "ok", presence: "warn", input: "ok" });
});

test("a port that is taken is told, and for the gateway what to do", async () => {
  const taken = Number(new URL(await startSite(200)).port);
  const checks = await tryPorts({ desk: taken, gateway: taken });
  expect(checks).toMatchObject([
    { id: "desk-port", verdict: "ok", told: expect.stringContaining("another will be chosen") },
    { id: "gateway-port", verdict: "warn", todo: expect.stringContaining("--gateway-port") },
  ]);
  expect(await tryPorts({ desk: 0, gateway: "off" })).toMatchObject([{}, { told: "closed" }]);
});

test("a service that is not installed, installed, and installed for another program", () => {
  const home = makeFolder();
  const place = makePlace("linux", { home });
  const unit = unitFile(home, {});
  expect(checkService(place, makeMachine().machine)).toMatchObject({
    verdict: "warn",
    todo: "etabli install",
  });
  const { machine } = makeMachine({ "systemctl --user is-active": { code: 0, out: "active" } }, [
    unit,
  ]);
  mkdirSync(join(home, ".config/systemd/user"), { recursive: true });
  writeFileSync(unit, `ExecStart="node" "${place.program.words[0]}" "run"`);
  expect(checkService(place, machine)).toMatchObject({
    verdict: "ok",
    told: "a systemd user unit (active)",
  });
  writeFileSync(unit, 'ExecStart="node" "/elsewhere/bin.js" "run"');
  expect(checkService(place, machine)).toMatchObject({
    verdict: "warn",
    told: expect.stringContaining("another program"),
  });
  expect(UNIT_NAME).toBe("etabli-agent.service");
});

test("an old Node fails; the one this project asks for does not", () => {
  for (const version of ["20.19.0", "20.20.2", "24.1.0"])
    expect(checkNode(version).verdict, version).toBe("ok");
  for (const version of ["18.20.0", "20.18.9"])
    expect(checkNode(version).verdict, version).toBe("fail");
});

test("a line each, what to do below it, and the sum at the end", () => {
  const of = { id: "x", name: "Name" };
  const text = writeChecks(
    [
      { ...of, verdict: "ok", told: "fine" },
      { ...of, verdict: "fail", told: "broken", todo: "mend it" },
    ],
    { colour: false },
  );
  expect(text).toBe("ok    Name  fine\nfail  Name  broken\n            → mend it\n1 of 2 fail.\n");
  expect(writeChecks([{ ...of, verdict: "ok", told: "fine" }], { colour: false })).toContain(
    "Everything works here.",
  );
});
