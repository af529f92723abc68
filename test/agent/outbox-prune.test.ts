import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openOutbox } from "#agent/outbox";
import { DAY_MS } from "#schema/time";
import { makeContext, makeSpan } from "./factories.ts";
import { makeFolder } from "./folder.ts";
import { makeManualClock } from "./manual-clock.ts";

const has = (folder: string, text: string) =>
  readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(text));
const nothing = { batches: 0, events: 0, letters: 0, mirrored: 0 };

/** One event refused, one in a batch, one open: all of the 25th, where the clocks are an hour ahead of UTC. */
function makeFilled() {
  const clock = makeManualClock();
  const folder = makeFolder();
  const outbox = openOutbox(folder, { clock });
  const seal = (label: string) => {
    outbox.add({ spans: [makeSpan({ label })] });
    outbox.seal(makeContext());
  };
  seal("Kestrel");
  outbox.deadLetter(1, 1, { epoch: 1, seq: 1, status: "refused" });
  seal("Merlin");
  outbox.add({ spans: [makeSpan({ label: "Osprey" })] });
  writeFileSync(join(folder, "outbox.mdb.damaged-2026-11-25T08-00-00"), "Kestrel");
  return { clock, folder, outbox, seal };
}

test("older than raw events are kept: sealed batches are told as too late, open events counted, refused ones forgotten", async () => {
  const { clock, folder, outbox } = makeFilled();
  // Fourteen days count from the end of the day: midnight, where the events come from.
  const end = Date.parse("2026-12-09T23:00:00.000Z");
  const pruneAt = (siteNow: number) => outbox.prune({ now: clock.now(), siteNow, rawDays: 14 });
  expect(pruneAt(end)).toEqual(nothing);
  expect(pruneAt(end + 1)).toEqual({ batches: 1, events: 1, letters: 1, mirrored: 0 });
  expect(outbox.counts()).toMatchObject({
    open: 0,
    sealed: 0,
    dead: 0,
    lostUnnumbered: 1,
    gaps: [
      { epoch: 1, fromSeq: 1, toSeq: 1, reason: "refused" },
      { epoch: 1, fromSeq: 2, toSeq: 2, reason: "too-late" },
    ],
  });
  for (const label of ["Kestrel", "Merlin", "Osprey"]) expect(has(folder, label)).toBe(false);
  await outbox.close();
});

test("a clock of this machine that runs a year ahead costs no event that was not sent", async () => {
  const { clock, folder, outbox } = makeFilled();
  const before = outbox.counts();
  const siteNow = clock.now();
  clock.jump(365 * DAY_MS);
  for (const site of [null, siteNow])
    expect(outbox.prune({ now: clock.now(), siteNow: site, rawDays: 14 })).toEqual(nothing);
  expect(outbox.counts()).toEqual(before);
  for (const label of ["Kestrel", "Merlin", "Osprey"]) expect(has(folder, label)).toBe(true);
  await outbox.close();
});

test("what left goes after a day by the clock of this machine, whether or not the site's is known", async () => {
  const { clock, folder, outbox, seal } = makeFilled();
  seal("Avocet");
  outbox.settle(1, 3);
  clock.advance(DAY_MS);
  const prune = () => outbox.prune({ now: clock.now(), siteNow: null, rawDays: 14 });
  expect([prune(), has(folder, "Avocet")]).toEqual([nothing, true]);
  clock.advance(1);
  expect([prune(), has(folder, "Avocet")]).toEqual([{ ...nothing, mirrored: 1 }, false]);
  await outbox.close();
});

test("what went from the mirror when the next batch left is off the disk when it is tidied", async () => {
  const { clock, folder, outbox, seal } = makeFilled();
  seal("Avocet");
  outbox.settle(1, 3);
  clock.advance(DAY_MS + 1);
  seal("Bittern");
  outbox.settle(1, 4);
  expect(outbox.readMirror().map(({ seq }) => seq)).toEqual([4]);
  outbox.prune({ now: clock.now(), siteNow: null, rawDays: 14 });
  expect([has(folder, "Avocet"), has(folder, "Bittern")]).toEqual([false, true]);
  await outbox.close();
});
