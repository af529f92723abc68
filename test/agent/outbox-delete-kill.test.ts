import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openOutbox } from "#agent/outbox";
import { millisecondsOf } from "#schema/time";
import { makeContext, makeSpan } from "./factories.ts";
import { makeFolder } from "./folder.ts";

const at = (clockTime: string) => `2026-11-25T${clockTime}:00.000+01:00`;
const window = { from: millisecondsOf(at("10:00")), to: millisecondsOf(at("11:00")) };

/** Kestrel from 10:00 to 11:00 is to go, sealed and open; Merlin before and after is to stay. */
async function makeFilledFolder(): Promise<string> {
  const folder = makeFolder();
  const outbox = openOutbox(folder);
  const hour = () =>
    outbox.add({
      spans: [
        makeSpan({ start: at("09:00"), end: at("10:00"), label: "Merlin" }),
        makeSpan({ start: at("10:00"), end: at("11:00"), label: "Kestrel" }),
        makeSpan({ start: at("11:00"), end: at("12:00"), label: "Merlin" }),
      ],
    });
  hour();
  outbox.seal(makeContext());
  hour();
  await outbox.close();
  return folder;
}

/** How often each label is there, and whether Kestrel stands anywhere in the folder's files. */
async function lookAgain(folder: string) {
  const outbox = openOutbox(folder);
  expect(outbox.loss).toBe(null);
  const events = [
    ...outbox.listSealed(9).flatMap(({ contents }) => contents),
    ...outbox.listOpen(99),
  ].map(({ event }) => ("label" in event ? event.label : ""));
  await outbox.close();
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  return {
    merlins: events.filter((label) => label === "Merlin").length,
    kestrels: events.filter((label) => label === "Kestrel").length,
    onDisk: files.some((bytes) => bytes.includes("Kestrel")),
  };
}

const deleted = { merlins: 4, kestrels: 0, onDisk: false };

test("a crash after the deletion and before the disk was wiped: the next start wipes it", async () => {
  const folder = await makeFilledFolder();
  const disk = { free: 1024 * 1024 };
  const outbox = openOutbox(folder, { freeBytes: () => disk.free });
  outbox.deleteWindow(window.from, window.to);
  const crashed = makeFolder();
  cpSync(folder, crashed, { recursive: true });
  await outbox.close();
  expect(readFileSync(join(crashed, "outbox.mdb")).includes("Kestrel")).toBe(true);
  expect(await lookAgain(crashed)).toEqual(deleted);
  // Also when it ended in good order, and nothing needed a check.
  expect(await lookAgain(folder)).toEqual(deleted);
});

test("a crash while the fresh file was written leaves a draft that nobody reads and the next start removes", async () => {
  const folder = await makeFilledFolder();
  writeFileSync(join(folder, "outbox.mdb.rewritten"), "Kestrel, half a file");
  writeFileSync(join(folder, "outbox.mdb.rewritten-lock"), "");
  expect(await lookAgain(folder)).toEqual({ merlins: 4, kestrels: 2, onDisk: true });
  expect(readdirSync(folder).filter((name) => name.includes("rewritten"))).toEqual([]);
});

/** Runs the deletion and kills it with the n-th call that brings something to disk or moves a file. */
function deleteAndKill(folder: string, nth: number): string {
  const calls = "fdatasync,fsync,rename,unlink";
  const child = ["--import", "tsx", "test/agent/outbox-delete-child.ts", folder];
  const { from, to } = window;
  const words = ["-f", "-qq", "-o", "/dev/null", "-e", `trace=${calls}`];
  const inject = ["-e", `inject=${calls}:signal=SIGKILL:when=${nth}`];
  const { stdout } = spawnSync(
    "strace",
    [...words, ...inject, process.execPath, ...child, String(from), String(to)],
    { encoding: "utf8" },
  );
  return stdout;
}

/** Every other call, these ones or those. */
const firstCall = Number(process.env.TEST_SEED ?? Date.now()) % 2;

test(`killed at any step of a deletion: all of it happened or none, and nothing else is lost (from call ${firstCall + 1})`, {
  timeout: 120_000,
}, async ({ skip }) => {
  skip(spawnSync("strace", ["-V"]).error !== undefined, "needs strace to kill at a chosen call");
  const filled = await makeFilledFolder();
  let finished = false;
  let steps = 0;
  for (let nth = firstCall + 1; !finished; nth += 2) {
    expect(nth).toBeLessThan(40);
    const folder = makeFolder();
    cpSync(filled, folder, { recursive: true });
    const said = deleteAndKill(folder, nth);
    finished = said.includes("deleted");
    if (!said.includes("opened")) continue;
    steps += 1;
    const found = await lookAgain(folder);
    const untouched = { merlins: 4, kestrels: 2, onDisk: true };
    expect([untouched, deleted], `killed at call ${nth}`).toContainEqual(found);
    if (finished) expect(found).toEqual(deleted);
  }
  expect(steps).toBeGreaterThan(3);
});
