import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runReplayCommand } from "./run-command.ts";
import {
  realFile,
  realReport,
  sampleExpected,
  sampleFile,
  sampleText,
  vectorFile,
} from "./sample.ts";

const base = ["--format", "bank-calls", "--zone", sampleExpected.zone];
const json = ["--report", "--json"];
let data = "";

beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), "etabli-replay-"));
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

/** All bytes of all files in a folder, as text that finds any ASCII or UTF-8 word. */
function everythingIn(folder: string): string {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString("latin1"))
    .join("\n");
}

/** The log with another type on the last call of the second day. */
function correctOneCall(text: string): string {
  const rows = text.trimEnd().split("\r\n");
  const last = rows.pop()?.replace("\tPS\t990309\t", "\tNW\t990309\t");
  return [...rows, last, ""].join("\r\n");
}

test("the sample log is in the store afterwards as it is in the file, and stdout is the report alone", async () => {
  const run = await runReplayCommand(data, [sampleFile, ...base, ...json]);
  expect(run.stderr).toContain("0 there already");
  expect(JSON.parse(run.stdout)).toEqual(sampleExpected.report);
  expect(run.code).toBe(0);
  for (const { line, reason } of sampleExpected.faults)
    expect(run.stderr).toContain(`line ${line}: ${reason}`);
});

test("replayed again nothing changes: the store has every batch already", async () => {
  const run = await runReplayCommand(data, [sampleFile, ...base, ...json]);
  expect(run.stderr).toContain(" 0 batches stored");
  expect(JSON.parse(run.stdout)).toEqual(sampleExpected.report);
  expect(run.code).toBe(0);
});

test("a slice sends the very batches of the whole, and reports only itself", async () => {
  const run = await runReplayCommand(data, [sampleFile, ...base, "--from", "1999-03-09", ...json]);
  expect(run.stderr).toContain(" 0 batches stored");
  const report: unknown = JSON.parse(run.stdout);
  expect(report).toMatchObject({ spans: 4, people: 3 });
});

test("no customer, call number or line is anywhere in the outboxes or the store; people's names are", () => {
  const bytes = everythingIn(data);
  expect(bytes).toContain("CELIA");
  const secrets = new Set(
    sampleText
      .split("\r\n")
      .slice(1)
      .flatMap((row) => row.split("\t").slice(0, 3))
      .filter((secret) => secret.length > 1),
  );
  expect(secrets.size).toBeGreaterThan(60);
  for (const secret of secrets) expect(bytes.includes(secret), secret).toBe(false);
});

test("other content under the same numbers is told as such and not stored", async () => {
  const corrected = join(data, "corrected.tsv");
  writeFileSync(corrected, correctOneCall(sampleText));
  const run = await runReplayCommand(data, [corrected, ...base]);
  rmSync(corrected);
  expect(run.stderr).toContain("The site holds other content for 1 of 21 batches");
  expect(run.code).toBe(1);
  const again = await runReplayCommand(data, [sampleFile, ...base, ...json]);
  expect(JSON.parse(again.stdout)).toEqual(sampleExpected.report);
});

test("a log of another kind is replayed through its mapping", async () => {
  const folder = join(data, "mapped");
  const run = await runReplayCommand(folder, [
    vectorFile("mapped-log-sample.csv"),
    "--map",
    vectorFile("mapped-log-sample.mapping.json"),
    "--zone",
    "Europe/Paris",
    "--report",
  ]);
  expect(run.stdout).toContain("5 spans of 2 people, 0.38 hours");
  expect(run.stderr).toContain("line 9: Durée: expected a duration in h:mm:ss, not negative");
  expect(run.code).toBe(0);
});

test("with --speed it keeps the log's pace: half an hour at 900 times takes two seconds", async () => {
  const slice = ["--from", "1999-03-09T08:00", "--to", "1999-03-09T08:30", "--speed", "900"];
  const began = performance.now();
  const run = await runReplayCommand(data, [sampleFile, ...base, ...slice, ...json]);
  expect(performance.now() - began).toBeGreaterThan(2_000);
  expect(JSON.parse(run.stdout)).toMatchObject({ spans: 1 });
});

test("a wrong file ends with code 3 and says what was expected", async () => {
  const wrong = await runReplayCommand(data, [vectorFile("mapped-log-sample.csv"), ...base]);
  expect(wrong).toMatchObject({ code: 3, stdout: "" });
  expect(wrong.stderr).toContain("not a bank-calls file: the first line should name these columns");
  const missing = await runReplayCommand(data, [join(data, "nothing.tsv"), ...base]);
  expect(missing).toMatchObject({ code: 3, stdout: "" });
  expect(missing.stderr).toContain("cannot be read");
});

test("wrong usage ends with code 2 and says how to call it", async () => {
  const run = await runReplayCommand(data, [sampleFile, ...base, "--from", "1999-03-08T10:10"]);
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(run.stderr).toMatch(/--from: must lie on a half hour[\s\S]*Usage:/);
});

test("the real week gives the published figures through the whole path", async ({ skip }) => {
  skip(!existsSync(realFile), `the real file is not here: ${realFile}`);
  const folder = join(data, "real");
  const run = await runReplayCommand(folder, [realFile, ...base, ...json]);
  expect(JSON.parse(run.stdout)).toEqual(realReport);
}, 60_000);
