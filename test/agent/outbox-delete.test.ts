import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Outbox, openOutbox } from "#agent/outbox";
import { cutEvent } from "#agent/outbox-store/cut-event";
import { listEvents, type OpenEvents, typedEvent } from "#agent/outbox-store/open-event";
import { readBatch } from "#agent/seal-batch";
import type { Tally } from "#schema/activity";
import { formatTimestamp, millisecondsOf } from "#schema/time";
import { bytesBelow } from "#test/support/bytes-below";
import { makeContext, makeMark, makeSpan } from "./factories.ts";
import { makeFolder } from "./folder.ts";
import { makeManualClock } from "./manual-clock.ts";

const at = (clockTime: string) => `2026-11-25T${clockTime}:00.000+01:00`;
const window = (from: string, to: string) =>
  [millisecondsOf(at(from)), millisecondsOf(at(to))] as const;
const span = (from: string, to: string, label = "Kestrel") =>
  makeSpan({ start: at(from), end: at(to), label });
const tally = (start: string): Tally => ({
  start: at(start),
  label: "crm",
  activeSeconds: 100,
  keys: 10,
  clicks: 5,
  doubleClicks: 0,
  scrolls: 0,
  pauses: 1,
});

/** What is left of these events when 10:00 to 11:00 is taken out. */
function cutTen(events: OpenEvents) {
  const [from, to] = window("10:00", "11:00");
  return listEvents(events).flatMap((found) => cutEvent(found, { from, to }));
}
const times = (found: ReturnType<typeof cutTen>) =>
  found.map(({ event }) =>
    "end" in event ? `${event.start.slice(11, 16)}-${event.end.slice(11, 16)}` : "other",
  );

test("spans inside a deleted window go, and those that reach out of it keep what lies outside", () => {
  expect(times(cutTen({ spans: [span("10:00", "11:00"), span("10:15", "10:20")] }))).toEqual([]);
  expect(times(cutTen({ spans: [span("09:30", "10:30")] }))).toEqual(["09:30-10:00"]);
  expect(times(cutTen({ spans: [span("10:30", "11:30")] }))).toEqual(["11:00-11:30"]);
  expect(times(cutTen({ spans: [span("09:00", "12:00")] }))).toEqual([
    "09:00-10:00",
    "11:00-12:00",
  ]);
  expect(times(cutTen({ spans: [span("09:00", "10:00"), span("11:00", "11:10")] }))).toEqual([
    "09:00-10:00",
    "11:00-11:10",
  ]);
});

test("a span without length goes when it lies inside, and only then", () => {
  const spans = [span("10:00", "10:00"), span("10:30", "10:30"), span("11:00", "11:00")];
  expect(times(cutTen({ spans }))).toEqual(["11:00-11:00"]);
});

test("the end of a span is known where the window cut it, and unknown where it was before", () => {
  const cut = cutTen({ spans: [{ ...span("09:00", "12:00"), truncated: true }] });
  expect(cut.map(({ event }) => "truncated" in event)).toEqual([false, true]);
});

test("a mark inside goes, and one that lasts into the window or through it keeps only its beginning", () => {
  const mark = (from: string, until?: string) =>
    makeMark({ at: at(from), ...(until && { until: at(until) }) });
  const marks = [
    mark("10:00", "12:00"),
    mark("10:59"),
    mark("09:50", "10:10"),
    mark("09:50", "11:30"),
    mark("09:50", "10:00"),
    mark("11:00", "11:01"),
  ];
  expect(cutTen({ marks }).map(({ event }) => event)).toEqual([
    mark("09:50"),
    mark("09:50"),
    mark("09:50", "10:00"),
    mark("11:00", "11:01"),
  ]);
});

test("a tally goes when its five minutes touch the window: counts cannot be divided", () => {
  const [from, to] = window("10:02", "10:11");
  const tallies = ["09:55", "10:00", "10:05", "10:10", "10:15"].map(tally);
  const left = listEvents({ tallies }).flatMap((found) => cutEvent(found, { from, to }));
  expect(left.map(({ event }) => ("start" in event ? event.start.slice(11, 16) : ""))).toEqual([
    "09:55",
    "10:15",
  ]);
});

test("whatever the window, what is left of a span is exactly what lies outside it, and valid", () => {
  const instant = fc.integer({ min: 0, max: 5_000 });
  const base = millisecondsOf(at("10:00"));
  const offset = fc.constantFrom(-210, 0, 60, 345);
  fc.assert(
    fc.property(instant, instant, instant, instant, offset, (a, b, c, d, zone) => {
      const [start, end] = [Math.min(a, b), Math.max(a, b)];
      const [from, to] = [Math.min(c, d), Math.max(c, d)];
      const event = makeSpan({
        start: formatTimestamp(base + start, zone),
        end: formatTimestamp(base + end, zone),
      });
      const left = cutEvent({ type: "span", event }, { from: base + from, to: base + to });
      for (const found of left) expect(typedEvent.safeParse(found).success).toBe(true);
      const covered = left.map(({ event: piece }) =>
        "end" in piece ? millisecondsOf(piece.end) - millisecondsOf(piece.start) : 0,
      );
      const outside =
        Math.max(0, Math.min(end, from) - start) + Math.max(0, end - Math.max(start, to));
      const isCut = start < to && end > from && from < to;
      const wanted = isCut ? outside : end - start;
      expect(covered.reduce((sum, length) => sum + length, 0)).toBe(wanted);
      for (const { event: piece } of left)
        if ("end" in piece && isCut)
          expect(
            millisecondsOf(piece.end) <= base + from || millisecondsOf(piece.start) >= base + to,
          ).toBe(true);
    }),
  );
});

/** 09:00 to 10:00 in a batch that was sent, 10:00 to 11:00 in one that was not, 11:00 to 12:00 still open. */
function makeThreeHours() {
  const folder = makeFolder();
  const outbox = openOutbox(folder, { clock: makeManualClock() });
  outbox.add({ spans: [span("09:00", "10:00", "Avocet")] });
  outbox.seal(makeContext());
  outbox.markSent(outbox.pending(1));
  outbox.add({ spans: [span("10:00", "10:30", "Bittern"), span("10:30", "11:00", "Corncrake")] });
  outbox.seal(makeContext());
  outbox.add({ spans: [span("11:00", "11:30", "Dunlin"), span("11:30", "12:00", "Egret")] });
  return { folder, outbox };
}

const labelsOf = (outbox: Outbox) =>
  [
    ...outbox.listSealed(9).flatMap(({ contents }) => contents.map(({ event }) => event)),
    ...outbox.listOpen(9).map(({ event }) => event),
  ].map((event) => ("label" in event ? event.label : ""));

test("deleted is off the disk: no file of the folder holds what was deleted, and all the rest is there", async () => {
  const { folder, outbox } = makeThreeHours();
  expect(bytesBelow(folder).includes("Bittern")).toBe(true);
  const deletion = outbox.deleteWindow(...window("10:00", "10:30"));
  expect(deletion).toEqual({ removed: 1, cut: 0, alreadySent: 0, wiped: true });
  outbox.deleteWindow(...window("11:30", "12:00"));
  const bytes = bytesBelow(folder);
  expect(["Bittern", "Egret"].filter((label) => bytes.includes(label))).toEqual([]);
  expect(labelsOf(outbox)).toEqual(["Avocet", "Dunlin", "Corncrake"]);
  await outbox.close();
  const again = openOutbox(folder);
  expect([again.loss, labelsOf(again)]).toEqual([null, ["Avocet", "Dunlin", "Corncrake"]]);
  await again.close();
});

test("a batch never sent is taken apart: its number is told as deleted and its other events leave under another", async () => {
  const { outbox } = makeThreeHours();
  outbox.deleteWindow(...window("10:00", "10:30"));
  expect(outbox.counts()).toMatchObject({ sealed: 1, open: 3 });
  const next = outbox.seal(makeContext(), { holdBackMs: 60_000 });
  expect(next?.seq).toBe(3);
  const batch = next && readBatch(next.bytes);
  expect(batch?.gap).toEqual({ epoch: 1, fromSeq: 2, toSeq: 2, reason: "deleted" });
  expect(batch?.spans.map(({ label }) => label)).toEqual(["Corncrake"]);
  await outbox.close();
});

test("what was sent before, answered or not, stays as it is and is counted", async () => {
  const { outbox } = makeThreeHours();
  outbox.add({ spans: [span("08:00", "08:30")] });
  const taken = outbox.seal(makeContext());
  if (taken) outbox.settle(taken.epoch, taken.seq);
  const before = outbox.pending(1)[0]?.sha256;
  expect(outbox.deleteWindow(...window("08:00", "09:30"))).toEqual({
    removed: 0,
    cut: 0,
    alreadySent: 2,
    wiped: true,
  });
  expect(outbox.pending(1)[0]?.sha256).toBe(before);
  await outbox.close();
});

test("the news of a loss that a batch carried is told by another when the batch is taken apart", async () => {
  const { outbox } = makeThreeHours();
  outbox.deadLetter(1, 1, { epoch: 1, seq: 1, status: "refused" });
  const carrier = outbox.seal(makeContext());
  expect(carrier && readBatch(carrier.bytes)?.gap).toMatchObject({ fromSeq: 1 });
  outbox.deleteWindow(...window("11:00", "12:00"));
  expect(outbox.counts().gaps).toEqual([
    { epoch: 1, fromSeq: 1, toSeq: 1, reason: "refused" },
    { epoch: 1, fromSeq: 3, toSeq: 3, reason: "deleted" },
  ]);
  await outbox.close();
});

test("of a refused batch that speaks of the window only its number and the site's reasons stay", async () => {
  const { folder, outbox } = makeThreeHours();
  const refusals = [{ path: "spans.0.kind", reason: "not in the charter" }];
  outbox.deadLetter(1, 2, { epoch: 1, seq: 2, status: "refused", refusals });
  expect(outbox.deleteWindow(...window("10:15", "10:20"))).toMatchObject({ removed: 1 });
  expect(outbox.readDeadLetters()).toEqual([
    { epoch: 1, seq: 2, ack: { epoch: 1, seq: 2, status: "refused", refusals }, text: "" },
  ]);
  expect(bytesBelow(folder).includes("Bittern")).toBe(false);
  await outbox.close();
});

test("a store set aside, which nobody can take a window out of, goes whole when it may hold it", async () => {
  const { folder, outbox } = makeThreeHours();
  const aside = [
    "outbox.mdb.damaged-2026-11-25T09-30-00",
    "outbox.mdb.replaced-2026-11-24T09-30-00",
  ];
  for (const name of aside) writeFileSync(join(folder, name), "Kestrel");
  // 10:00 to 10:30 on the clocks there is 09:00 to 09:30 UTC: the first was set aside after that began.
  outbox.deleteWindow(...window("10:00", "10:30"));
  expect(readdirSync(folder).filter((name) => aside.includes(name))).toEqual([aside[1]]);
  await outbox.close();
});
