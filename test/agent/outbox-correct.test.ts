import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Correction, correction } from "#agent/control/held";
import { openOutbox } from "#agent/outbox";
import { readBatch } from "#agent/seal-batch";
import type { Tally } from "#schema/activity";
import { makeContext, makeMark, makeSpan } from "./factories.ts";
import { makeFolder } from "./folder.ts";
import { makeManualClock } from "./manual-clock.ts";
import { charter } from "./site-double.ts";

const counted: Tally = {
  start: "2026-11-25T09:00:00.000+01:00",
  label: "crm",
  activeSeconds: 10,
  keys: 1,
  clicks: 1,
  doubleClicks: 0,
  scrolls: 0,
  pauses: 0,
};

/** Half past nine on the clocks there, and by then everything below has happened. */
function makeOutbox() {
  const folder = makeFolder();
  const clock = makeManualClock(Date.parse("2026-11-25T09:00:00.000Z"));
  return { folder, outbox: openOutbox(folder, { clock }) };
}

test("a held span can be put right: its kind, its words, its times; and it is then a declared one", async () => {
  const { outbox } = makeOutbox();
  outbox.add({ spans: [makeSpan({ label: "Kestrel", task: "case-1", source: "sensed" })] });
  const start = "2026-11-25T09:31:00.000+01:00";
  const change = { kind: "case", label: null, task: "case-2", start } as const;
  expect(outbox.correctEvent("open/1", change)).toEqual({
    ok: true,
    id: "open/1",
    wiped: true,
  });
  const { label: _, ...rest } = makeSpan({ kind: "case", task: "case-2", start });
  expect(outbox.listOpen(9).map(({ event }) => event)).toEqual([rest]);
  await outbox.close();
});

test("marks and counts can be put right in what they have", async () => {
  const { outbox } = makeOutbox();
  outbox.add({ marks: [makeMark()], tallies: [counted] });
  const at = "2026-11-25T09:20:00.000+01:00";
  expect(outbox.correctEvent("open/1", { at, origin: "peer" })).toMatchObject({ ok: true });
  expect(outbox.correctEvent("open/2", { label: "mail" })).toMatchObject({ ok: true });
  expect(outbox.listOpen(9).map(({ event }) => event)).toEqual([
    makeMark({ at, origin: "peer" }),
    { ...counted, label: "mail" },
  ]);
  await outbox.close();
});

test("all a person said of a task or a mark can be put right, or taken away", async () => {
  const { outbox } = makeOutbox();
  const time = (clock: string) => `2026-11-25T${clock}:00.000+01:00`;
  const task = makeSpan({ allotted: 300, scripted: true, complexity: 1 });
  const mark = makeMark({ until: time("09:33"), due: time("12:00"), remaining: 30 });
  outbox.add({ spans: [task, task], marks: [mark, mark] });
  const changes: [string, Correction][] = [
    ["open/1", { allotted: 600, scripted: false, complexity: 3 }],
    ["open/2", { allotted: null, scripted: null, complexity: null }],
    // Only what is due may lie ahead.
    ["open/3", { until: time("09:45"), due: time("17:00"), remaining: 0.5 }],
    ["open/4", { until: null, due: null, remaining: null }],
  ];
  for (const [id, change] of changes)
    expect(outbox.correctEvent(id, correction.parse(change)), id).toMatchObject({ ok: true });
  expect(outbox.listOpen(9).map(({ event }) => event)).toEqual([
    makeSpan({ allotted: 600, scripted: false, complexity: 3 }),
    makeSpan(),
    makeMark({ until: time("09:45"), due: time("17:00"), remaining: 0.5 }),
    makeMark(),
  ]);
  await outbox.close();
});

test("an event in a batch never sent is put right by taking the batch apart; what was wrong is nowhere any more", async () => {
  const { folder, outbox } = makeOutbox();
  outbox.add({ spans: [makeSpan({ label: "Kestrel" }), makeSpan({ task: "2" })] });
  outbox.seal(makeContext());
  expect(outbox.correctEvent("1/1/0", { label: "Merlin" })).toEqual({
    ok: true,
    id: "open/3",
    wiped: true,
  });
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  expect(files.some((bytes) => bytes.includes("Kestrel"))).toBe(false);
  const next = outbox.seal(makeContext(), { holdBackMs: 60_000 });
  expect(next?.seq).toBe(2);
  const batch = next && readBatch(next.bytes);
  expect(batch?.gap).toEqual({ epoch: 1, fromSeq: 1, toSeq: 1, reason: "deleted" });
  expect(batch?.spans.map(({ label, task }) => label ?? task)).toEqual(["Merlin", "2"]);
  await outbox.close();
});

test("what was sent, or is gone, cannot be put right here, and that is said", async () => {
  const { outbox } = makeOutbox();
  outbox.add({ spans: [makeSpan()] });
  outbox.seal(makeContext());
  outbox.markSent(outbox.pending(1));
  const hash = outbox.pending(1)[0]?.sha256;
  expect(outbox.correctEvent("1/1/0", { label: "Merlin" })).toMatchObject({
    ok: false,
    code: "sent",
    message: expect.stringContaining("sent already"),
  });
  for (const id of ["open/1", "open/99", "1/1/1", "1/2/0", "7/1/0"])
    expect(outbox.correctEvent(id, { label: "Merlin" })).toMatchObject({ ok: false, code: "gone" });
  expect(outbox.pending(1)[0]?.sha256).toBe(hash);
  await outbox.close();
});

test("nothing becomes what it may not be: the reason is told and the event stays as it was", async () => {
  const { outbox } = makeOutbox();
  outbox.adoptCharter(charter);
  outbox.add({ spans: [makeSpan({ kind: "focus", label: "crm" })], marks: [makeMark()] });
  const refused = [
    ["open/1", { end: "2026-11-25T09:00:00.000+01:00" }, "end: ends before it starts"],
    ["open/1", { label: null }, "label: focus needs the application category"],
    ["open/1", { at: "2026-11-25T09:00:00.000+01:00" }, 'A span has no "at"'],
    ["open/1", { kind: "interrupt" }, "kind: "],
    ["open/1", { end: "2026-11-25T10:00:00.001+01:00" }, "in the future"],
    ["open/2", { at: "2026-11-10T23:59:59.999+01:00" }, "before the 14 days"],
    ["open/1", { allotted: 60 }, "allotted: belongs to work spans, not to focus"],
    ["open/1", { until: "2026-11-25T09:40:00.000+01:00" }, 'A span has no "until"'],
    ["open/2", { until: "2026-11-25T10:00:00.001+01:00" }, "in the future"],
    ["open/2", { until: "2026-11-25T09:30:59.999+01:00" }, "until: lies before `at`"],
    ["open/2", { complexity: 2 }, 'A mark has no "complexity"'],
    ["open/2", { end: "2026-11-25T09:00:00.000+01:00" }, 'A mark has no "end"'],
    ["open/2", { kind: "deadline" }, "due: a deadline needs its due time"],
  ] as const;
  for (const [id, change, reason] of refused) {
    const result = outbox.correctEvent(id, change);
    expect(result, reason).toMatchObject({ ok: false, code: "invalid" });
    expect("message" in result && result.message).toContain(reason);
  }
  expect(outbox.listOpen(9).map(({ event }) => event)).toEqual([
    makeSpan({ kind: "focus", label: "crm" }),
    makeMark(),
  ]);
  await outbox.close();
});

const focus = (label: string) => makeSpan({ kind: "focus", label });

/** Two charters, of which the first knows `crm` and the second `wiki`, both with `other`. */
const [first, second] = ["crm", "wiki"].map((category) => ({
  document: { ...charter.document, applicationCategories: [category, "other"] },
  sha256: category === "crm" ? "a".repeat(64) : "b".repeat(64),
}));

test("a correction obeys the charter in force, and the one under which the event was recorded and will leave", async () => {
  const { outbox } = makeOutbox();
  if (!first || !second) throw new Error("two charters are needed");
  outbox.adoptCharter(first);
  outbox.add({ spans: [focus("crm"), focus("crm")] });
  outbox.seal(makeContext(), { holdBackMs: 0 });
  outbox.add({ spans: [focus("crm")] });
  outbox.adoptCharter(second);
  const underFirst = {
    ok: false,
    code: "not-in-charter",
    message: "The charter under which this was recorded does not let that be recorded.",
  };
  const inForce = {
    ok: false,
    code: "not-in-charter",
    message: "The charter in force does not let that be recorded.",
  };
  for (const id of ["open/3", "1/1/0"]) {
    expect(outbox.correctEvent(id, { label: "wiki" }), id).toEqual(underFirst);
    expect(outbox.correctEvent(id, { label: "crm" }), id).toEqual(inForce);
    expect(outbox.correctEvent(id, { label: "other" }), id).toMatchObject({ ok: true });
  }
  // Kept, too, when the batch was taken apart.
  expect(outbox.correctEvent("open/5", { label: "wiki" })).toEqual(underFirst);
  await outbox.close();
});

test("what the charter does not let be recorded nothing becomes by a correction", async () => {
  const { outbox } = makeOutbox();
  outbox.adoptCharter(charter);
  outbox.add({ spans: [focus("crm"), makeSpan()] });
  for (const [id, change] of [
    ["open/1", { label: "bird-watching" }],
    ["open/2", { kind: "community" }],
  ] as const)
    expect(outbox.correctEvent(id, change)).toMatchObject({ ok: false, code: "not-in-charter" });
  await outbox.close();
});

test("under a charter no longer kept here an event cannot be corrected, and that is said", async () => {
  const { outbox } = makeOutbox();
  if (!first) throw new Error("a charter is needed");
  for (let n = 0; n < 10; n += 1) {
    outbox.adoptCharter({ ...first, sha256: String(n).repeat(64) });
    outbox.add({ marks: [makeMark()] });
  }
  expect(outbox.correctEvent("open/1", { origin: "peer" })).toMatchObject({
    ok: false,
    code: "charter-gone",
    message: expect.stringContaining("It can be deleted"),
  });
  expect(outbox.correctEvent("open/2", { origin: "peer" })).toMatchObject({ ok: true });
  await outbox.close();
});
