import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
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
  expect(outbox.correctEvent("open/1", change)).toEqual({ ok: true, id: "open/1" });
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

test("an event in a batch never sent is put right by taking the batch apart; what was wrong is nowhere any more", async () => {
  const { folder, outbox } = makeOutbox();
  outbox.add({ spans: [makeSpan({ label: "Kestrel" }), makeSpan({ task: "2" })] });
  outbox.seal(makeContext());
  expect(outbox.correctEvent("1/1/0", { label: "Merlin" })).toEqual({ ok: true, id: "open/3" });
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
    ["open/1", { label: "bird-watching" }, "charter in force does not let"],
    ["open/1", { kind: "community" }, "charter in force does not let"],
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
