import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bankCallColumns, readBankCalls } from "#agent/replay/bank-calls";
import { summarise } from "#agent/replay/report";
import { groupByPerson } from "#agent/replay/slice";
import { createRandom } from "#agent/simulator/random";
import { runReplayCommand, startReplay } from "./run-command.ts";

const zone = "Asia/Jerusalem";
const seed = `kill-${Date.now()}`;
let data = "";
let file = "";

/** A made-up log long enough that a kill falls in the middle: 16 people, three days, about 5,000 calls. */
function makeLog(): string {
  const random = createRandom("log");
  const rows = [bankCallColumns.join("\t")];
  for (const date of ["990308", "990309", "990310"])
    for (let person = 0; person < 16; person++) {
      let at = 8 * 3600 + person * 60;
      for (let i = 0; i < 105; i++) {
        const length = Math.round(random.lognormal(100, 160));
        const start = clock(at + 8);
        const end = clock(at + 8 + length);
        rows.push(
          [
            ...["AA0101", "1", "0", "0", random.uniform() < 0.7 ? "PS" : "NW", date],
            ...[clock(at), clock(at + 8), "8", "0:00:00", "0:00:00", "0"],
            ...["AGENT", start, end, length, `AGENT ${person}`],
          ].join("\t"),
        );
        at += length + Math.round(random.between(-20, 400));
      }
    }
  return `${rows.join("\r\n")}\r\n`;
}

function clock(seconds: number): string {
  const pad = (value: number) => String(value).padStart(2, "0");
  const at = seconds % 86_400;
  return `${Math.floor(at / 3600)}:${pad(Math.floor(at / 60) % 60)}:${pad(at % 60)}`;
}

beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), "etabli-kill-"));
  file = join(data, "calls.tsv");
  writeFileSync(file, makeLog());
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

test(`killed with SIGKILL anywhere and run again, the totals are those of the log (seed ${seed})`, async () => {
  const random = createRandom(seed);
  const args = [file, "--format", "bank-calls", "--zone", zone, "--report", "--json"];
  const killedIn: string[] = [];
  for (let i = 0; i < 5; i++) {
    const run = startReplay(data, args);
    await Promise.race([wait(random.between(1_000, 5_500)), run.ended]);
    run.killGroup();
    const { signal, stderr } = await run.ended;
    killedIn.push(`${signal} after: ${stderr.trim().split("\n").at(-1)}`);
  }
  expect(
    killedIn.filter((told) => told.startsWith("SIGKILL")).length,
    killedIn.join("\n"),
  ).toBeGreaterThan(0);
  const run = await runReplayCommand(data, args);
  const log = readBankCalls(makeLog(), zone);
  const people = [...groupByPerson(log).values()];
  expect(JSON.parse(run.stdout)).toEqual(
    summarise(people.map((own) => own.map((one) => one.span))),
  );
  expect(run.code).toBe(0);
}, 60_000);

test("when only the server dies, the replay says so and what to do; when only the replay dies, the server ends too", async () => {
  const folder = join(data, "apart");
  const args = [file, "--format", "bank-calls", "--zone", zone, "--speed", "20000"];
  const serverless = startReplay(folder, args);
  process.kill(await serverless.server(), "SIGKILL");
  const told = await serverless.ended;
  expect(told.code).toBe(1);
  expect(told.stderr).toContain("server ended unexpectedly. Run the same command again.");

  const headless = startReplay(folder, args);
  await headless.server();
  process.kill(headless.pid, "SIGKILL");
  // Its output ends only when the server, which shares it, has ended as well.
  expect((await headless.ended).signal).toBe("SIGKILL");

  const run = await runReplayCommand(folder, [...args.slice(0, 5), "--report", "--json"]);
  expect(JSON.parse(run.stdout)).toMatchObject({ spans: 5040 });
}, 60_000);
