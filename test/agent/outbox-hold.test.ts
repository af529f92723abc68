import { expect, test } from "vitest";
import { openOutbox } from "#agent/outbox";
import { readBatch } from "#agent/seal-batch";
import { makeContext, makeMark, makeSpan } from "./factories.ts";
import { makeFolder } from "./folder.ts";
import { makeManualClock } from "./manual-clock.ts";
import { charter } from "./site-double.ts";

const MINUTE = 60_000;
const hold = { holdBackMs: 15 * MINUTE };

function makeHeld() {
  const clock = makeManualClock();
  const folder = makeFolder();
  return { clock, folder, outbox: openOutbox(folder, { clock }) };
}

const tasksOf = (sealed: { bytes: Uint8Array } | null) =>
  sealed ? readBatch(sealed.bytes)?.spans.map(({ task }) => task) : null;

test("an event leaves only after it was held back so long, and those that came before it go first", async () => {
  const { clock, outbox } = makeHeld();
  outbox.add({ spans: [makeSpan({ task: "first" })] });
  clock.advance(5 * MINUTE);
  outbox.add({ spans: [makeSpan({ task: "second" })] });
  clock.advance(10 * MINUTE - 1);
  expect(outbox.seal(makeContext(), hold)).toBe(null);
  clock.advance(1);
  expect(tasksOf(outbox.seal(makeContext(), hold))).toEqual(["first"]);
  expect(outbox.seal(makeContext(), hold)).toBe(null);
  clock.advance(5 * MINUTE);
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
  const { clock, outbox } = makeHeld();
  outbox.add({ spans: [makeSpan({ task: "1" })], marks: [makeMark()] });
  clock.advance(3 * MINUTE);
  outbox.add({ spans: [makeSpan({ task: "2" })] });
  const recordedAt = Date.parse("2026-11-25T08:30:00.000Z");
  expect(outbox.listOpen(2)).toEqual([
    { number: 1, type: "span", event: makeSpan({ task: "1" }), recordedAt, heldMs: 3 * MINUTE },
    { number: 2, type: "mark", event: makeMark(), recordedAt, heldMs: 3 * MINUTE },
  ]);
  expect(outbox.listOpen(9).map(({ number, heldMs }) => [number, heldMs / MINUTE])).toEqual([
    [1, 3],
    [2, 3],
    [3, 0],
  ]);
  await outbox.close();
});

test("a wall clock that was set back holds nothing longer", async () => {
  const { clock, outbox } = makeHeld();
  outbox.add({ spans: [makeSpan({ task: "1" })] });
  clock.advance(10 * MINUTE);
  clock.jump(-20 * MINUTE);
  outbox.add({ spans: [makeSpan({ task: "2" })] });
  clock.advance(5 * MINUTE);
  expect(tasksOf(outbox.seal(makeContext(), hold))).toEqual(["1"]);
  clock.advance(10 * MINUTE);
  expect(tasksOf(outbox.seal(makeContext(), hold))).toEqual(["2"]);
  await outbox.close();
});

test("an event recorded by a clock that ran a year ahead waits from the next start on, and no longer", async () => {
  const { clock, folder, outbox } = makeHeld();
  const year = 365 * 24 * 60 * MINUTE;
  clock.jump(year);
  outbox.add({ spans: [makeSpan({ task: "1" })] });
  await outbox.close();
  clock.jump(-year);
  for (let start = 0; start < 2; start += 1) {
    // Not anew at each start, either.
    const again = openOutbox(folder, { clock });
    expect(again.seal(makeContext(), hold)).toBe(null);
    clock.advance(7 * MINUTE);
    await again.close();
  }
  clock.advance(1 * MINUTE);
  const last = openOutbox(folder, { clock });
  expect(tasksOf(last.seal(makeContext(), hold))).toEqual(["1"]);
  await last.close();
});

test("a hold-back outlives a restart", async () => {
  const { clock, folder, outbox } = makeHeld();
  outbox.add({ spans: [makeSpan({ task: "1" })] });
  clock.advance(10 * MINUTE);
  await outbox.close();
  const again = openOutbox(folder, { clock });
  expect(again.seal(makeContext(), hold)).toBe(null);
  clock.advance(5 * MINUTE);
  expect(tasksOf(again.seal(makeContext(), hold))).toEqual(["1"]);
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
