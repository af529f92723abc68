import { expect, test } from "vitest";
import { showsColour } from "#agent/cli/look";
import { writeComparison, writeHeld, writeMirror, writeRefused } from "#agent/cli/write-record";
import { dataOf, textOfHeld } from "#agent/cli/write-reply";
import type { Held } from "#agent/control/held";
import { today } from "./line.ts";

const plain = { colour: false };
const span = {
  kind: "contact",
  label: "billing",
  source: "declared",
  start: "2026-11-25T09:10:00.000+01:00",
  end: "2026-11-25T09:19:30.000+01:00",
};
const batch = {
  epoch: 1,
  seq: 42,
  sha256: "b".repeat(64),
  events: 1,
  bytes: 378,
  sealedAt: "2026-11-25T09:30:00.000+01:00",
  sent: false,
  text: '{"the":"very bytes"}',
  contents: [{ id: "1/42/0", type: "span" as const, event: span, readyAt: null }],
};
const held: Held = {
  open: [
    { id: "open/7", type: "span", event: span, readyAt: "2026-11-25T09:34:30.000+01:00" },
    {
      id: "open/8",
      type: "mark",
      event: { kind: "interrupt", label: "colleague", at: "2026-11-25T09:20:00.000+01:00" },
      readyAt: "2026-11-25T09:35:00.000+01:00",
    },
    {
      id: "open/9",
      type: "tally",
      event: {
        start: "2026-11-25T09:20:00.000+01:00",
        label: "crm",
        activeSeconds: 60,
        keys: 120,
        clicks: 8,
        doubleClicks: 0,
        scrolls: 3,
        pauses: 1,
      },
      readyAt: "2026-11-25T09:40:00.000+01:00",
    },
  ],
  truncated: true,
  batches: [batch, { ...batch, seq: 43, sent: true }],
  underWay: [{ kind: "case", source: "declared", start: "2026-11-25T09:40:00.000+01:00" }],
};

test("what waits is listed with the name each event is corrected by, and what may still be changed", () => {
  const text = writeHeld(held, today);
  for (const said of [
    /since 09:40:00 {2}case {2}declared/,
    /open\/7 {2}09:10:00–09:19:30 {2}contact billing +source declared +leaves after 09:34/,
    /open\/8 {2}09:20:00 +interrupt colleague/,
    /open\/9 {2}09:20:00, 5 min +input crm +activeSeconds 60, keys 120, clicks 8/,
    /batch 1\/42, sealed 09:30, 1 event, 378 B; not sent yet: it can still be changed/,
    /batch 1\/43, .*sent, no answer yet: it may be at the site already/,
    /1\/42\/0 {2}09:10:00/,
    /More waits than is listed/,
  ])
    expect(text).toMatch(said);
});

test("an event in no form this version knows is shown as it is", () => {
  const odd = { id: "open/1", type: "span" as const, event: { shape: "of later" }, readyAt: null };
  const text = writeHeld({ ...held, open: [odd] }, today);
  expect(text).toContain('{"shape":"of later"}');
});

test("a batch that waits is printed as its very bytes, or said not to be here", () => {
  const answer = { ok: true as const, code: "held", message: "", held };
  expect(textOfHeld(answer, { epoch: 1, seq: 42 })).toBe(batch.text);
  expect(() => textOfHeld(answer, { epoch: 1, seq: 44 })).toThrow("No batch 1/44 waits here");
});

test("what left is listed with its whole hash; a batch that differs at the site stands out", () => {
  const { sent: _, text: __, contents: ___, ...left } = batch;
  const mirror = writeMirror([{ ...left, takenAt: "2026-11-25T09:31:00.000+01:00" }], today);
  expect(mirror).toContain(`1/42   09:31:00  1       378    ${"b".repeat(64)}`);
  expect(writeMirror([], today)).toContain("Nothing left this machine");
  const rows = [
    {
      epoch: 1,
      seq: 1,
      sha256: "a".repeat(64),
      siteSha256: "a".repeat(64),
      events: 2,
      eventsSame: 2,
      same: true,
    },
    {
      epoch: 1,
      seq: 2,
      sha256: "c".repeat(64),
      siteSha256: null,
      events: 3,
      eventsSame: 0,
      same: false,
    },
  ];
  const [, first, second] = writeComparison(rows, plain).split("\n");
  expect(first).toMatch(/1\/1 +2 of 2 .*the same$/);
  expect(second).toMatch(/1\/2 +0 of 3 .*not known +DIFFERS$/);
});

test("what was refused comes with the site's reasons, each at its place", () => {
  const ack = {
    epoch: 1,
    seq: 5,
    status: "refused" as const,
    refusals: [{ path: "spans.0.kind", reason: "not in the charter" }],
  };
  const text = writeRefused([{ epoch: 1, seq: 5, ack, text: "{}" }]);
  expect(text).toBe("batch 1/5, 2 B: refused\n  spans.0.kind: not in the charter\n");
  expect(writeRefused([])).toBe("The site refused nothing.\n");
});

test("as JSON an answer is its data, or that it was done", () => {
  expect(dataOf({ ok: true, code: "held", message: "", held })).toBe(held);
  expect(dataOf({ ok: true, code: "mirror", message: "", mirror: [] })).toEqual([]);
  expect(dataOf({ ok: true, code: "paused", message: "Paused." })).toEqual({
    ok: true,
    code: "paused",
    message: "Paused.",
  });
});

test("colours are for terminals, and for nobody who wants none", () => {
  expect(showsColour(true, { TERM: "xterm" })).toBe(true);
  expect(showsColour(false, { TERM: "xterm" })).toBe(false);
  expect(showsColour(true, { TERM: "xterm", NO_COLOR: "1" })).toBe(false);
  expect(showsColour(true, { TERM: "dumb" })).toBe(false);
});
