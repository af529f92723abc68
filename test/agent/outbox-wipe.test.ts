import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openOutbox } from "#agent/outbox";
import { millisecondsOf } from "#schema/time";
import { makeContext, makeSpan } from "./factories.ts";
import { makeFolder } from "./folder.ts";
import { makeManualClock } from "./manual-clock.ts";

const at = (clockTime: string) => `2026-11-25T${clockTime}:00.000+01:00`;
const ten = [millisecondsOf(at("10:00")), millisecondsOf(at("10:30"))] as const;

/** Bittern at ten and Dunlin at eleven, and a disk with as much room as is said. */
function makeFilled() {
  const folder = makeFolder();
  const disk = { free: 1e9 };
  const told: string[] = [];
  const clock = makeManualClock(millisecondsOf(at("13:00")));
  const onLoss = (message: string, code: string) => told.push(`${code}: ${message}`);
  const open = () => openOutbox(folder, { clock, freeBytes: () => disk.free, onLoss });
  const outbox = open();
  outbox.add({
    spans: [
      makeSpan({ start: at("10:00"), end: at("10:30"), label: "Bittern" }),
      makeSpan({ start: at("11:00"), end: at("11:30"), label: "Dunlin" }),
    ],
  });
  const isOnDisk = (label: string) =>
    readdirSync(folder).some((name) => {
      const path = join(folder, name);
      return statSync(path).isFile() && readFileSync(path).includes(label);
    });
  const prune = () => outbox.prune({ now: clock.now(), siteNow: null, rawDays: 14 });
  return { folder, disk, told, outbox, open, isOnDisk, prune };
}

/** Room for a deletion itself, and none for a second copy of the store. */
const LITTLE = 1024 * 1024;
const notWiped = expect.stringMatching(/^not-wiped: .*could not be wiped.*\(ENOSPC\)/);

test("a deletion whose traces could not be wiped says so, is never sent, and is wiped when the store is tidied", async () => {
  const { disk, told, outbox, isOnDisk, prune } = makeFilled();
  disk.free = LITTLE;
  expect(outbox.deleteWindow(...ten)).toEqual({
    removed: 1,
    cut: 0,
    alreadySent: 0,
    wiped: false,
  });
  expect(outbox.listOpen(9).map(({ event }) => "label" in event && event.label)).toEqual([
    "Dunlin",
  ]);
  expect([told, outbox.unwiped, isOnDisk("Bittern")]).toEqual([[notWiped], true, true]);
  prune();
  expect(outbox.unwiped).toBe(true);
  disk.free = 1e9;
  prune();
  expect([outbox.unwiped, isOnDisk("Bittern"), isOnDisk("Dunlin")]).toEqual([false, false, true]);
  await outbox.close();
});

test("a correction says likewise whether what was wrong is off the disk", async () => {
  const { disk, told, outbox, isOnDisk } = makeFilled();
  disk.free = LITTLE;
  expect(outbox.correctEvent("open/1", { label: "Avocet" })).toMatchObject({
    ok: true,
    wiped: false,
  });
  expect([told, outbox.unwiped, isOnDisk("Bittern")]).toEqual([[notWiped], true, true]);
  disk.free = 1e9;
  expect(outbox.correctEvent("open/1", { label: "Egret" })).toMatchObject({
    ok: true,
    wiped: true,
  });
  expect([outbox.unwiped, isOnDisk("Bittern"), isOnDisk("Avocet")]).toEqual([false, false, false]);
  await outbox.close();
});

test("a wipe still to be done is done at the next start, and told again when that fails too", async () => {
  const { disk, told, outbox, open, isOnDisk } = makeFilled();
  disk.free = LITTLE;
  outbox.deleteWindow(...ten);
  await outbox.close();
  const second = open();
  expect([told, second.unwiped]).toEqual([[notWiped, notWiped], true]);
  await second.close();
  disk.free = 1e9;
  const third = open();
  expect([third.unwiped, isOnDisk("Bittern")]).toEqual([false, false]);
  await third.close();
});

test("a store set aside that cannot be removed counts as not wiped, until it can, also after a restart", async () => {
  const { folder, told, outbox, open, prune } = makeFilled();
  outbox.seal(makeContext());
  // A folder of that name is no file that can be removed.
  const aside = join(folder, "outbox.mdb.damaged-2026-11-25T11-00-00");
  mkdirSync(aside);
  writeFileSync(join(aside, "held by another program"), "");
  expect(outbox.deleteWindow(...ten)).toMatchObject({ removed: 1, wiped: false });
  expect(told).toEqual([expect.stringMatching(/^not-wiped: /)]);
  prune();
  expect(outbox.unwiped).toBe(true);
  await outbox.close();
  rmSync(aside, { recursive: true });
  writeFileSync(aside, "Bittern");
  const again = open();
  expect([again.unwiped, readdirSync(folder).some((name) => name.includes("damaged"))]).toEqual([
    false,
    false,
  ]);
  await again.close();
});

test("nothing is overdue where nothing was deleted, whatever the disk", async () => {
  const { disk, told, outbox, prune } = makeFilled();
  disk.free = LITTLE;
  prune();
  expect([outbox.unwiped, told]).toEqual([false, []]);
  await outbox.close();
});
