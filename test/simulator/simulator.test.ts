import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { earliestOf } from "#agent/simulator/lay-history";
import { createRandom } from "#agent/simulator/random";
import { createTimeline } from "#agent/simulator/timeline";
import { fromSimulator, type ToSimulator } from "#schema/demo-control";
import { demoPeople, demoZone } from "#schema/demo-site";
import { millisecondsOf } from "#schema/time";
import { readMarks, readSpans } from "#server/database/activity-read";
import { listPeople } from "#server/database/person";
import { asRole } from "#server/database/store";
import { startTestSite, type TestSite } from "#test/replay/site";

const DAYS = 2;
const seed = `simulator-${Date.now()}`;
let site: TestSite;
let child: ChildProcess | undefined;

beforeAll(async () => {
  site = await startTestSite(
    "demo",
    demoPeople.map((person) => person.name),
    demoZone,
  );
});
afterAll(async () => {
  child?.kill("SIGKILL");
  await site.close();
});

/** Starts the simulator; `done` when its history is sent, false when it ended before. */
function startSimulator() {
  const program = fileURLToPath(new URL("../../agent/simulator/main.ts", import.meta.url));
  const started = fork(program, [], { execArgv: ["--import", import.meta.resolve("tsx")] });
  child = started;
  const exited = new Promise<number | null>((resolve) => started.once("exit", resolve));
  const done = new Promise<boolean>((resolve, reject) => {
    started.on("message", (received) => {
      const message = fromSimulator.parse(received);
      if (message.type === "failed") reject(new Error(message.message));
      if (message.type === "history-done") resolve(true);
    });
    started.once("exit", () => resolve(false));
  });
  const { url, token } = site;
  const folder = join(site.folder, "workstations");
  started.send({ type: "go", url, token, folder, days: DAYS } satisfies ToSimulator);
  return { process: started, done, exited };
}

test(`killed again and again while it fills the past, every span and mark is stored once (seed ${seed})`, async () => {
  const random = createRandom(seed);
  const earliest = earliestOf(Date.now(), DAYS);
  for (let i = 0; i < 3; i++) {
    const run = startSimulator();
    await Promise.race([wait(random.between(1_000, 3_500)), run.exited]);
    run.process.kill("SIGKILL");
    await run.exited;
  }
  const until = Date.now();
  const last = startSimulator();
  expect(await last.done).toBe(true);
  // Ended by its parent going away, it leaves in good order.
  last.process.disconnect();
  expect(await last.exited).toBe(0);

  const ids = new Map((await listPeople(site.store)).map(({ name, id }) => [name, id]));
  const range = { from: new Date(earliest), to: new Date(until) };
  let compared = 0;
  for (const [number, { name }] of demoPeople.entries()) {
    const person = ids.get(name);
    if (person === undefined) throw new Error("not in the store");
    const stored = await asRole(
      site.store,
      "etabli_subject",
      async (db) => ({
        spans: await readSpans(db, range),
        marks: await readMarks(db, range),
      }),
      person,
    );
    const expected = createTimeline("etabli", number).between(earliest, until, earliest);
    const work = (spans: typeof stored.spans) =>
      spans
        .filter((span) => span.kind !== "focus" && millisecondsOf(span.end) <= until)
        .map(({ kind, start, end, label, task }) => [start, end, kind, label, task].join(" "))
        .sort();
    expect(work(stored.spans)).toEqual(work(expected.spans));
    const marks = (list: typeof stored.marks) =>
      list
        .filter((mark) => millisecondsOf(mark.until ?? mark.at) <= until)
        .map(({ kind, at, until: end, label }) => [at, kind, end, label].join(" "))
        .sort();
    expect(marks(stored.marks)).toEqual(marks(expected.marks));
    compared += stored.spans.length;
  }
  expect(compared).toBeGreaterThan(10_000);
}, 60_000);
