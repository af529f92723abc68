import { afterEach, expect, test } from "vitest";
import { readBankCalls } from "#agent/replay/bank-calls";
import { groupByPerson } from "#agent/replay/slice";
import { runReplayCommand } from "./run-command.ts";
import { sampleExpected, sampleFile, sampleText } from "./sample.ts";
import { startTestSite, type TestSite } from "./site.ts";

const { zone, report } = sampleExpected;
const people = [...groupByPerson(readBankCalls(sampleText, zone)).keys()];
let site: TestSite | undefined;

afterEach(async () => {
  await site?.close();
  site = undefined;
});

function replayTo(target: TestSite, token = target.token) {
  return runReplayCommand(target.folder, [
    ...[sampleFile, "--format", "bank-calls", "--zone", zone, "--report", "--json"],
    ...["--server", target.url, "--token", token],
  ]);
}

test("a running replay store takes the log, once", async () => {
  site = await startTestSite("replay", people, zone);
  const first = await replayTo(site);
  expect(JSON.parse(first.stdout)).toEqual(report);
  expect(first.code).toBe(0);
  const again = await replayTo(site);
  expect(again.stderr).toContain(" 0 batches stored");
  expect(JSON.parse(again.stdout)).toEqual(report);
});

test("a real site refuses a log of the past, and the replay says how much, why and what to do", async () => {
  site = await startTestSite("real", people, zone);
  const run = await replayTo(site);
  expect(run.code).toBe(1);
  expect(run.stderr).toContain("The site refused 21 of 21 batches. The first reason: too-late");
  expect(run.stderr).toContain("start the server with --replay");
  expect(JSON.parse(run.stdout)).toMatchObject({ spans: 0, people: 0 });
});

test("a token that is not of this site is told, and nothing is sent", async () => {
  site = await startTestSite("replay", people, zone);
  const run = await replayTo(site, "x".repeat(43));
  expect(run.code).toBe(1);
  expect(run.stderr).toContain("There is no such code");
  expect(run.stdout).toBe("");
});
