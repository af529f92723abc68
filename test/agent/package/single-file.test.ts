import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text as readAll } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Status, status as statusSchema } from "#agent/control/messages";
import { AGENT_VERSION } from "#agent/version";
import { makeFolder } from "../folder.ts";
import { until } from "../make-workstation.ts";
import { startSiteOfToday } from "../site-of-today.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const out = mkdtempSync(join(tmpdir(), "etabli-single-"));
const program = join(out, "etabli");
/** On a Mac what was put into a program must be signed anew, with tools that are not Node's. */
const isMac = process.platform === "darwin";

beforeAll(() => {
  if (isMac) return;
  const build = [join(root, "agent/package/build-single-file.ts"), "--out", out];
  execFileSync(process.execPath, ["--import", "tsx", ...build], { cwd: root, stdio: "pipe" });
});
afterAll(() => rmSync(out, { recursive: true, force: true }));

const endings: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** Runs the file as on a machine on which there is nothing else of ours: no Node, no packages. */
async function etabli(home: string, ...words: string[]) {
  const child = spawn(program, words, { cwd: out, env: { ETABLI_AGENT_HOME: home } });
  const [stdout, stderr] = [readAll(child.stdout), readAll(child.stderr)];
  const [code] = await once(child, "close");
  return { code, stdout: await stdout, stderr: await stderr };
}

async function startAgent(home: string): Promise<ChildProcess> {
  const words = ["run", "--seal-every", "0.2", "--desk-port", "0", "--gateway-port", "off"];
  const child = spawn(program, words, {
    cwd: out,
    env: { ETABLI_AGENT_HOME: home },
    stdio: ["ignore", "ignore", "pipe"],
  });
  endings.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "close");
  });
  let said = "";
  child.stderr.on("data", (piece: Buffer) => {
    said += piece.toString();
  });
  await until(() => said.includes(" connected\n") || child.exitCode !== null);
  expect(said).toContain(" connected\n");
  return child;
}

/** The agent's state once it records: the agreed hours come with the site's first answer. */
async function untilRecording(home: string): Promise<Status> {
  for (;;) {
    const { stdout } = await etabli(home, "status", "--json");
    const status = statusSchema.parse(JSON.parse(stdout));
    if (status.recording === "on") return status;
  }
}

test("the one file answers by itself, and leaves nothing where nothing is needed", async ({
  skip,
}) => {
  skip(isMac, "needs codesign");
  const home = join(makeFolder(), "agent");
  const version = await etabli(home, "--version");
  expect(version).toEqual({ code: 0, stdout: `${AGENT_VERSION}\n`, stderr: "" });
  const help = await etabli(home, "held", "delete", "--help");
  expect(help.stdout).toContain("etabli held delete --last 10m");
  expect(await etabli(home, "dance")).toMatchObject({ code: 2 });
  expect(existsSync(home)).toBe(false);
});

test("it enrols, records, serves the desk page, and after a kill sends what was open", async ({
  skip,
}) => {
  skip(isMac, "needs codesign");
  const site = await startSiteOfToday();
  endings.push(() => site.close());
  const home = join(makeFolder(), "agent");
  expect(await etabli(home, "enrol", site.server, "ABCD-EFGH")).toMatchObject({ code: 0 });
  const agent = await startAgent(home);
  const status = await untilRecording(home);
  const page = await fetch(status.desk ?? "");
  expect(await page.text()).toContain("<!doctype html>");
  expect(await etabli(home, "task", "start", "research")).toMatchObject({ code: 0 });
  agent.kill("SIGKILL");
  await once(agent, "close");
  // The store was not closed, so the file starts itself once more to read it through.
  await startAgent(home);
  await until(() => site.received.length > 0);
  expect(site.received[0]?.batch.spans).toMatchObject([{ kind: "research", truncated: true }]);
  const [build = ""] = readdirSync(join(home, "program"));
  expect(readdirSync(join(home, "program", build))).toEqual(
    expect.arrayContaining(["desk", "fs-native-extensions.node", "lmdb.node"]),
  );
});
