import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { type Outbox, openOutbox } from "#agent/outbox";
import { watchDisk } from "#agent/watch-disk";
import { makeContext, makeSpan } from "./factories.ts";
import { makeFolder } from "./folder.ts";

const hasStrace = () => spawnSync("strace", ["-V"]).error === undefined;
const line = z.object({
  added: z.number().optional(),
  took: z.number().optional(),
  failed: z.number().optional(),
});

/** Records on a disk whose syncs go wrong as told to strace; gives what was said of each event. */
function recordWith(folder: string, events: number, fault: string) {
  const child = ["--import", "tsx", "test/agent/outbox-disk-child.ts", folder, String(events)];
  const words = ["-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync"];
  const { stdout } = spawnSync(
    "strace",
    [...words, "-e", `inject=fdatasync:${fault}`, process.execPath, ...child],
    { encoding: "utf8" },
  );
  return stdout
    .trim()
    .split("\n")
    .map((text) => line.parse(JSON.parse(text)));
}

const tasksIn = (outbox: Outbox) =>
  [...outbox.listSealed(999).flatMap(({ contents }) => contents), ...outbox.listOpen(9_999)]
    .map(({ event }) => ("task" in event ? Number(event.task) : Number.NaN))
    .toSorted((a, b) => a - b);

test("a disk that fails at every third sync: what was said to be kept is there, once, and nothing else", async ({
  skip,
}) => {
  skip(!hasStrace(), "needs strace to make a sync fail");
  const folder = makeFolder();
  // The first dozen make the tables.
  const said = recordWith(folder, 40, "error=EIO:when=12+3");
  const added = said.flatMap(({ added: n }) => n ?? []);
  const failed = said.flatMap(({ failed: n }) => n ?? []);
  expect(Math.min(added.length, failed.length)).toBeGreaterThan(5);
  const outbox = openOutbox(folder);
  expect([outbox.loss, outbox.counts().lostUnnumbered]).toEqual([null, 0]);
  const there = tasksIn(outbox);
  // Nothing said to be kept is missing; an event whose sealing failed was kept before.
  expect(added.filter((n) => !there.includes(n))).toEqual([]);
  expect(new Set(there).size).toBe(there.length);
  const seals = failed.filter((n) => n % 5 === 4);
  expect(there.filter((n) => !added.includes(n) && !seals.includes(n))).toEqual([]);
  await outbox.close();
});

test("a disk that takes a fifth of a second for each sync holds up recording for less than a second", async ({
  skip,
}) => {
  skip(!hasStrace(), "needs strace to make a sync slow");
  const said = recordWith(makeFolder(), 4, "delay_enter=200000:when=8+");
  const took = said.flatMap(({ took: milliseconds }) => milliseconds ?? []);
  expect(took).toHaveLength(4);
  expect(Math.min(...took)).toBeGreaterThan(150);
  expect(Math.max(...took)).toBeLessThan(1_000);
});

test("a disk that fills up: the agent lives, the person is told, nothing kept is lost, and freed it goes on", async ({
  skip,
}) => {
  const disk = makeFolder();
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", disk]);
  skip(mounted.status !== 0, "needs leave to mount a small disk");
  onTestFinished(() => {
    spawnSync("umount", [disk]);
  });
  const folder = join(disk, "agent");
  const told: string[] = [];
  const { write, trouble } = watchDisk((message) => told.push(message));
  const first = openOutbox(folder);
  let kept = 0;
  const record = (outbox: Outbox) =>
    write(() => outbox.add({ spans: [makeSpan({ task: String(kept) })] }));
  while (record(first)) {
    kept += 1;
    if (kept % 100 === 0) write(() => first.seal(makeContext()));
  }
  writeFileSync(join(disk, "of others"), Buffer.alloc(512 * 1024));
  for (let n = 0; n < 300; n += 1) expect(record(first)).toBe(false);
  expect(told).toEqual([
    "Events cannot be written to disk (No space left on device). Free some space.",
  ]);
  await first.close();
  // Started on the full disk, too.
  const second = openOutbox(folder);
  expect([second.loss, record(second)]).toEqual([null, false]);
  spawnSync("mount", ["-o", "remount,size=8m", disk]);
  expect(record(second)).toBe(true);
  kept += 1;
  expect([told.at(-1), trouble()]).toEqual(["Events are written to disk again.", null]);
  expect(kept).toBeGreaterThan(500);
  expect(tasksIn(second)).toEqual(Array.from({ length: kept }, (_, n) => n));
  await second.close();
});
