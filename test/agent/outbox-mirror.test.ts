import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { openOutbox } from "#agent/outbox";
import { unwrapJson, wrapJson } from "#agent/outbox-store/record";
import { openTables } from "#agent/outbox-store/tables";
import { sealBatch } from "#agent/seal-batch";
import { DAY_MS } from "#schema/time";
import { makeBatch, makeContext, makeSpan } from "./factories.ts";
import { makeFolder } from "./folder.ts";
import { makeManualClock } from "./manual-clock.ts";

/** An outbox through which batches of one span go, on a clock of the test's own. */
function makeOutbox(options: { mirrorBytes?: number } = {}) {
  const clock = makeManualClock();
  const folder = makeFolder();
  const outbox = openOutbox(folder, { clock, ...options });
  const seal = (label: string) => {
    outbox.add({ spans: [makeSpan({ label })] });
    const sealed = outbox.seal(makeContext());
    if (!sealed) throw new Error("nothing was sealed");
    return sealed;
  };
  return { clock, folder, outbox, seal };
}

const has = (folder: string, text: string) =>
  readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(text));

test("what left can be read for a day, byte for byte, newest first, also after a restart", async () => {
  const { clock, folder, outbox, seal } = makeOutbox();
  const first = seal("Kestrel");
  const second = seal("Merlin");
  outbox.settle(1, 1);
  clock.advance(60_000);
  outbox.settle(1, 2);
  await outbox.close();
  const again = openOutbox(folder, { clock });
  expect(again.readMirror()).toEqual(
    [second, first].map(({ seq, sha256, sealedAt, bytes }) => ({
      epoch: 1,
      seq,
      sha256,
      events: 1,
      bytes: bytes.length,
      sealedAt,
      takenAt: `2026-11-25T09:3${seq - 1}:00.000+01:00`,
    })),
  );
  expect(again.readMirrored(1, 1)?.bytes).toEqual(first.bytes);
  expect(again.readMirrored(1, 3)).toBe(null);
  expect(again.counts()).toMatchObject({ sealed: 0, bytes: 0, mirror: 2 });
  await again.close();
});

test("after a day what left is gone from the mirror, and when it is tidied, from the disk", async () => {
  const { clock, folder, outbox, seal } = makeOutbox();
  seal("Kestrel");
  outbox.settle(1, 1);
  clock.advance(DAY_MS);
  seal("Merlin");
  outbox.settle(1, 2);
  expect(outbox.readMirror().map(({ seq }) => seq)).toEqual([2, 1]);
  clock.advance(1);
  seal("Osprey");
  outbox.settle(1, 3);
  expect(outbox.readMirror().map(({ seq }) => seq)).toEqual([3, 2]);
  clock.advance(DAY_MS);
  expect(outbox.prune({ now: clock.now(), siteNow: clock.now(), rawDays: 14 })).toMatchObject({
    mirrored: 1,
  });
  expect(outbox.readMirror().map(({ seq }) => seq)).toEqual([3]);
  expect([has(folder, "Kestrel"), has(folder, "Merlin"), has(folder, "Osprey")]).toEqual([
    false,
    false,
    true,
  ]);
  await outbox.close();
});

test("the mirror takes no more room than it may, and none where nobody looks at it", async () => {
  const small = makeOutbox({ mirrorBytes: 2_000 });
  for (let n = 1; n <= 6; n += 1) {
    small.seal(`Kestrel ${n}`);
    small.outbox.settle(1, n);
  }
  const left = small.outbox.readMirror();
  expect(left[0]?.seq).toBe(6);
  expect(left.length).toBeLessThan(6);
  expect(left.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(2_000);
  await small.outbox.close();
  const none = makeOutbox({ mirrorBytes: 0 });
  none.seal("Kestrel");
  none.outbox.settle(1, 1);
  expect(none.outbox.readMirror()).toEqual([]);
  await none.outbox.close();
});

test("what was sent once counts as sent for ever, also after a restart", async () => {
  const { clock, folder, outbox, seal } = makeOutbox();
  seal("Kestrel");
  seal("Merlin");
  outbox.put(sealBatch(makeBatch({ seq: 9 })));
  outbox.markSent(outbox.pending(1));
  await outbox.close();
  const again = openOutbox(folder, { clock });
  // A batch numbered by its maker cannot be numbered anew, so it counts as sent from the first.
  expect(again.listSealed(9).map(({ sent }) => sent)).toEqual([true, false, true]);
  expect(again.deleteWindow(0, clock.now() + DAY_MS)).toEqual({
    removed: 1,
    cut: 0,
    alreadySent: 2,
    wiped: true,
  });
  await again.close();
});

test("in a store of a version that did not note what it sent, all that is sealed counts as sent", async () => {
  const { clock, folder, outbox, seal } = makeOutbox();
  seal("Kestrel");
  await outbox.close();
  const old = openTables(join(folder, "outbox.mdb"), null);
  const state = old.state.get("state");
  const {
    commits: _,
    sent: __,
    ...known
  } = z.looseObject({}).parse(unwrapJson(state ?? Buffer.alloc(0)));
  old.root.transactionSync(() => old.state.putSync("state", wrapJson(known)));
  await old.root.close();
  rmSync(join(folder, "outbox.mark"));
  const again = openOutbox(folder, { clock });
  expect([again.loss, again.counts().sent]).toEqual([null, 1]);
  await again.close();
});

test("how much waits is told without reading any batch", async () => {
  const { outbox, seal } = makeOutbox();
  expect(outbox.counts()).toMatchObject({ sealed: 0, oldestSealedAt: null });
  const first = seal("Kestrel");
  const second = seal("Merlin");
  outbox.markSent([first]);
  expect(outbox.counts()).toMatchObject({
    open: 0,
    sealed: 2,
    sealedEvents: 2,
    sent: 1,
    bytes: first.bytes.length + second.bytes.length,
    oldestSealedAt: first.sealedAt,
  });
  const begun = performance.now();
  for (let n = 0; n < 10_000; n += 1) outbox.counts();
  expect(performance.now() - begun).toBeLessThan(2_000);
  await outbox.close();
});
