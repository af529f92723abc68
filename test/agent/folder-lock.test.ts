import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readBankCalls } from "#agent/replay/bank-calls";
import { openReplayAgent } from "#agent/replay/replay-agent";
import { groupByPerson } from "#agent/replay/slice";
import { openDemoAgent } from "#agent/simulator/demo-agent";
import { runReplayCommand } from "../replay/run-command.ts";
import { sampleExpected, sampleFile, sampleText } from "../replay/sample.ts";
import { makeFolder } from "./folder.ts";
import { SITE, startSiteDouble } from "./site-double.ts";

async function makeSite() {
  const site = await startSiteDouble();
  onTestFinished(() => site.close());
  return site;
}

test("a second replay does not touch the agents of the first, which goes on; after it, it may", async () => {
  const { server } = await makeSite();
  const input = {
    site: { server, token: "ABCD-EFGH" },
    folder: makeFolder(),
    person: "Zoltan",
    spans: [],
    zone: "Europe/Paris",
    onAck: () => {},
  };
  const first = await openReplayAgent(input);
  await expect(openReplayAgent(input)).rejects.toThrow("An agent already runs in");
  await expect(openReplayAgent(input)).rejects.toThrow("An agent already runs in");
  await first.close();
  const second = await openReplayAgent(input);
  await second.close();
});

test("a second demonstration stops where the first has its workstations open; after it, it may run", async () => {
  const { server } = await makeSite();
  const folder = makeFolder();
  const open = () => openDemoAgent({ url: server, token: "ABCD-EFGH", folder }, SITE, "seed", 0);
  const first = await open();
  await expect(open()).rejects.toThrow("An agent already runs in");
  await first.close();
  await (await open()).close();
});

test("an agent whose enrolment fails leaves its folder free", async () => {
  const site = await makeSite();
  const folder = makeFolder();
  const open = () =>
    openDemoAgent({ url: site.server, token: "ABCD-EFGH", folder }, SITE, "seed", 0);
  const { enrol } = site;
  site.enrol = () => ({
    status: 410,
    answer: { code: "expired", message: "This code has run out." },
  });
  await expect(open()).rejects.toThrow("run out");
  site.enrol = enrol;
  await (await open()).close();
});

test("a replay command that meets a replay already under way ends with 1 and says so", async () => {
  const { server } = await makeSite();
  const { zone } = sampleExpected;
  const [person = ""] = groupByPerson(readBankCalls(sampleText, zone)).keys();
  const data = makeFolder();
  const folder = join(data, "replay-to", new URL(server).host.replace(":", "_"), "agents");
  const site = { server, token: "ABCD-EFGH" };
  const first = await openReplayAgent({ site, folder, person, spans: [], zone, onAck: () => {} });
  const run = await runReplayCommand(data, [
    ...[sampleFile, "--format", "bank-calls", "--zone", zone],
    ...["--server", server, "--token", site.token],
  ]);
  expect(run.stderr).toContain("An agent already runs in");
  expect(run.code).toBe(1);
  await first.close();
});
