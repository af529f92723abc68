import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { type Outbox, openOutbox } from "#agent/outbox";
import { wrapOpen } from "#agent/outbox-store/open-event";
import { unwrapJson, wrapJson } from "#agent/outbox-store/record";
import { openTables } from "#agent/outbox-store/tables";
import { readBatch } from "#agent/seal-batch";
import { makeContext, makeMark, makeSpan } from "./factories.ts";
import { makeFolder } from "./folder.ts";
import { type ManualClock, makeManualClock } from "./manual-clock.ts";
import { charter } from "./site-double.ts";

const MINUTE = 60_000;
const hold = { holdBackMs: 15 * MINUTE };

/** An outbox at which the agent looks every minute, as it does while the machine is awake. */
function makeHeld() {
  const clock = makeManualClock();
  const folder = makeFolder();
  const outbox = openOutbox(folder, { clock });
  const pass = (minutes: number, by: Outbox = outbox) => {
    for (let n = 0; n < minutes; n += 1) {
      by.listOpen(1);
      clock.advance(MINUTE);
    }
  };
  return { clock, folder, outbox, pass };
}

const tasksOf = (sealed: { bytes: Uint8Array } | null) =>
  sealed ? readBatch(sealed.bytes)?.spans.map(({ task }) => task) : null;

test("an event leaves only after it was held back so long, and those that came before it go first", async () => {
  const { clock, outbox, pass } = makeHeld();
  outbox.add({ spans: [makeSpan({ task: "first" })] });
  pass(5);
  outbox.add({ spans: [makeSpan({ task: "second" })] });
  pass(9);
  outbox.listOpen(1);
  clock.advance(MINUTE - 1);
  expect(outbox.seal(makeContext(), hold)).toBe(null);
  clock.advance(1);
  expect(tasksOf(outbox.seal(makeContext(), hold))).toEqual(["first"]);
  expect(outbox.seal(makeContext(), hold)).toBe(null);
  pass(5);
  expect(tasksOf(outbox.seal(makeContext(), hold))).toEqual(["second"]);
  await outbox.close();
});

test("without a hold-back everything is sealed at once, as before", async () => {
  const { outbox } = makeHeld();
  outbox.add({ spans: [makeSpan({ task: "first" })] });
  expect(tasksOf(outbox.seal(makeContext()))).toEqual(["first"]);
  await outbox.close();
});

test("what is held can be listed, with how long it has waited", async () => {
  const { outbox, pass } = makeHeld();
  outbox.add({ spans: [makeSpan({ task: "1" })], marks: [makeMark()] });
  pass(3);
  outbox.add({ spans: [makeSpan({ task: "2" })] });
  expect(outbox.listOpen(2)).toEqual([
    { number: 1, type: "span", event: makeSpan({ task: "1" }), heldMs: 3 * MINUTE },
    { number: 2, type: "mark", event: makeMark(), heldMs: 3 * MINUTE },
  ]);
  expect(outbox.listOpen(9).map(({ number, heldMs }) => [number, heldMs / MINUTE])).toEqual([
    [1, 3],
    [2, 3],
    [3, 0],
  ]);
  await outbox.close();
});

for (const [how, minutes] of [
  ["back", -20],
  ["forward", 60],
] as const)
  test(`a wall clock that is set ${how} while the agent runs holds nothing longer, and nothing less`, async () => {
    const { clock, outbox, pass } = makeHeld();
    outbox.add({ spans: [makeSpan({ task: "1" })] });
    pass(10);
    clock.jump(minutes * MINUTE);
    expect(outbox.seal(makeContext(), hold)).toBe(null);
    outbox.add({ spans: [makeSpan({ task: "2" })] });
    pass(4);
    expect(outbox.seal(makeContext(), hold)).toBe(null);
    pass(1);
    expect(tasksOf(outbox.seal(makeContext(), hold))).toEqual(["1"]);
    pass(10);
    expect(tasksOf(outbox.seal(makeContext(), hold))).toEqual(["2"]);
    await outbox.close();
  });

for (const [where, sleep] of [
  // The steady clock stands still there, so that the wall clock is ahead afterwards.
  ["Linux", (clock: ManualClock) => clock.jump(600 * MINUTE)],
  ["Windows and macOS", (clock: ManualClock) => clock.advance(600 * MINUTE)],
] as const)
  test(`after a sleep an event still waits its remaining minutes awake, as the clocks are on ${where}`, async () => {
    const { clock, folder, outbox, pass } = makeHeld();
    outbox.add({ spans: [makeSpan({ task: "1" })] });
    pass(5);
    outbox.listOpen(1);
    sleep(clock);
    outbox.listOpen(1);
    pass(5);
    expect(outbox.seal(makeContext(), hold)).toBe(null);
    // Nor does a restart let the time of the sleep count.
    await outbox.close();
    const again = openOutbox(folder, { clock });
    expect(again.seal(makeContext(), hold)).toBe(null);
    pass(5, again);
    expect(tasksOf(again.seal(makeContext(), hold))).toEqual(["1"]);
    await again.close();
  });

test("an event recorded by a clock that ran a year ahead waits no longer than any other, however often the agent is started", async () => {
  const { clock, folder, outbox } = makeHeld();
  await outbox.close();
  const year = 365 * 24 * 60 * MINUTE;
  clock.jump(year);
  const ahead = openOutbox(folder, { clock });
  ahead.add({ spans: [makeSpan({ task: "1" })] });
  await ahead.close();
  clock.jump(-year);
  for (let start = 0; start < 7; start += 1) {
    const again = openOutbox(folder, { clock });
    expect(again.seal(makeContext(), hold)).toBe(null);
    clock.advance(2 * MINUTE);
    await again.close();
  }
  const last = openOutbox(folder, { clock });
  clock.advance(1 * MINUTE);
  expect(tasksOf(last.seal(makeContext(), hold))).toEqual(["1"]);
  await last.close();
});

test("in a store of a version that held by the wall clock, an event from a year ahead waits from the next start on", async () => {
  const { clock, folder, outbox, pass } = makeHeld();
  outbox.add({ spans: [makeSpan({ task: "1" })] });
  await outbox.close();
  const old = openTables(join(folder, "outbox.mdb"), null);
  const state = unwrapJson(old.state.get("state") ?? Buffer.alloc(0));
  const note = { at: clock.now() + 365 * 24 * 60 * MINUTE };
  old.root.transactionSync(() => {
    const { held: _, ...known } = z.looseObject({}).parse(state);
    old.state.putSync("state", wrapJson(known));
    old.open.putSync(1, wrapOpen({ type: "span", event: makeSpan({ task: "1" }) }, note));
  });
  await old.root.close();
  rmSync(join(folder, "outbox.mark"));
  const again = openOutbox(folder, { clock });
  pass(14, again);
  expect(again.seal(makeContext(), hold)).toBe(null);
  pass(1, again);
  expect(tasksOf(again.seal(makeContext(), hold))).toEqual(["1"]);
  await again.close();
});

test("a hold-back outlives a restart, and the time between two runs counts", async () => {
  const { clock, folder, outbox, pass } = makeHeld();
  outbox.add({ spans: [makeSpan({ task: "1" })] });
  pass(5);
  await outbox.close();
  clock.advance(5 * MINUTE);
  const again = openOutbox(folder, { clock });
  pass(4, again);
  expect(again.seal(makeContext(), hold)).toBe(null);
  pass(1, again);
  expect(tasksOf(again.seal(makeContext(), hold))).toEqual(["1"]);
  await again.close();
});

test("closed on a full disk, a hold-back goes on from the last event", async () => {
  const clock = makeManualClock();
  const folder = makeFolder();
  const disk = { free: 1e9 };
  const open = () => openOutbox(folder, { clock, freeBytes: () => disk.free });
  const outbox = open();
  outbox.add({ spans: [makeSpan({ task: "1" })] });
  clock.advance(2 * MINUTE);
  disk.free = 0;
  await outbox.close();
  disk.free = 1e9;
  const again = open();
  expect([again.loss, again.listOpen(1)[0]?.heldMs]).toEqual([null, 2 * MINUTE]);
  await again.close();
});

test("a loss is told at once, whatever is held back", async () => {
  const { outbox } = makeHeld();
  outbox.add({ spans: [makeSpan({ label: "x".repeat(500) })] });
  outbox.add({ spans: [makeSpan()] });
  outbox.seal(makeContext());
  outbox.add({ spans: [makeSpan()] });
  outbox.deadLetter(1, 1, { epoch: 1, seq: 1, status: "refused" });
  const news = outbox.seal(makeContext(), hold);
  expect(news?.events).toBe(0);
  expect(news && readBatch(news.bytes)?.gap).toMatchObject({ fromSeq: 1, reason: "refused" });
  expect(outbox.counts().open).toBe(1);
  await outbox.close();
});

test("events held while the charter changes leave under the charter they were recorded under", async () => {
  const { outbox } = makeHeld();
  outbox.add({ spans: [makeSpan({ task: "before" })] });
  outbox.adoptCharter(charter);
  outbox.add({ spans: [makeSpan({ task: "first" })] });
  const next = { ...charter, sha256: "d".repeat(64) };
  outbox.adoptCharter(next);
  outbox.add({ spans: [makeSpan({ task: "second" })] });
  const context = { ...makeContext(), charter: next.sha256 };
  const charters = [];
  for (let sealed = outbox.seal(context); sealed; sealed = outbox.seal(context))
    charters.push([readBatch(sealed.bytes)?.charter, tasksOf(sealed)]);
  expect(charters).toEqual([
    [next.sha256, ["before", "second"]],
    [charter.sha256, ["first"]],
  ]);
  await outbox.close();
});
