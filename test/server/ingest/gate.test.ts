import { expect, test } from "vitest";
import type { Batch } from "#schema/batch";
import { passGate } from "#server/ingest/gate";
import {
  bytesOf,
  defaultCharterHash,
  makeBatch,
  makeMark,
  makeSpan,
  makeTally,
} from "./batches.ts";
import { context, refuse } from "./gate-context.ts";

test("a good batch passes with the person of the connection and the hash of its very bytes", () => {
  const bytes = new TextEncoder().encode(JSON.stringify(makeBatch(), null, 2));
  const outcome = passGate(bytes, context);
  if (!outcome.pass) throw new Error(JSON.stringify(outcome.ack));
  expect(outcome.gated.person).toBe(context.person);
  expect(outcome.gated.batch).toEqual(makeBatch());
  expect(outcome.gated.sha256.toString("hex")).not.toBe(
    refusedOrHash(passGate(bytesOf(makeBatch()), context)),
  );
});

function refusedOrHash(outcome: ReturnType<typeof passGate>): string {
  return outcome.pass ? outcome.gated.sha256.toString("hex") : "refused";
}

const badEvents: [string, Partial<Batch> | object, string, RegExp][] = [
  ["an unknown field", { title: "x" }, "(root)", /unknown field: title/],
  [
    "a window title in a span",
    { spans: [{ ...makeSpan(), title: "x" }] },
    "spans.0",
    /unknown field: title/,
  ],
  [
    "an unknown field of a tally",
    { tallies: [makeTally(), { ...makeTally(), x: 3 }] },
    "tallies.1",
    /unknown field: x/,
  ],
  [
    "an unknown field of the gap",
    { gap: { epoch: 1, fromSeq: 1, toSeq: 1, reason: "full", why: "" } },
    "gap",
    /unknown field: why/,
  ],
  ["an id made by the agent", { spans: [{ ...makeSpan(), id: "1" }] }, "spans.0", /unknown field/],
  ["text where a list belongs", { spans: "none" }, "spans", /expected array/],
  ["a number as text", { seq: "1" }, "seq", /expected/],
  ["a missing field", { sealedAt: undefined }, "sealedAt", /./],
  ["null for absent", { spans: [{ ...makeSpan(), label: null }] }, "spans.0.label", /string/],
  ["an unknown kind", { spans: [{ ...makeSpan(), kind: "idle" }] }, "spans.0.kind", /./],
  ["a fraction of a number", { seq: 1.5 }, "seq", /./],
  ["number zero", { seq: 0 }, "seq", /./],
  ["a number past what is exact", { seq: 2 ** 53 }, "seq", /./],
  ["an epoch past 32 bits", { epoch: 2 ** 31 }, "epoch", /./],
  [
    "a span that ends before it starts",
    { spans: [makeSpan({ end: "2026-11-25T09:29:59.999+01:00" })] },
    "spans.0.end",
    /ends before it starts/,
  ],
  [
    "a span that ends before it starts when the offsets are read",
    { spans: [makeSpan({ end: "2026-11-25T09:34:00.000+02:00" })] },
    "spans.0.end",
    /ends before it starts/,
  ],
  [
    "a span of more than a day",
    { spans: [makeSpan({ start: "2026-11-24T09:33:59.999+01:00" })] },
    "spans.0.end",
    /more than 24 hours/,
  ],
  [
    "focus without a category",
    { spans: [makeSpan({ kind: "focus" })] },
    "spans.0.label",
    /category/,
  ],
  [
    "focus with a field of work",
    { spans: [makeSpan({ kind: "focus", label: "crm", scripted: true })] },
    "spans.0.scripted",
    /not to focus/,
  ],
  ["a URL as label", { spans: [makeSpan({ label: "https://x.example" })] }, "spans.0.label", /./],
  ["a mail address as task", { spans: [makeSpan({ task: "a@b.c" })] }, "spans.0.task", /./],
  ["a line break in a label", { spans: [makeSpan({ label: "a\nb" })] }, "spans.0.label", /./],
  ["a NUL in a label", { spans: [makeSpan({ label: "a\u0000b" })] }, "spans.0.label", /./],
  ["half a surrogate", { spans: [makeSpan({ label: "a\ud800" })] }, "spans.0.label", /./],
  ["a negative allotted time", { spans: [makeSpan({ allotted: -1 })] }, "spans.0.allotted", /./],
  ["a deadline without its time", { marks: [makeMark({ kind: "deadline" })] }, "marks.0.due", /./],
  [
    "a mark that ends before it is",
    { marks: [makeMark({ until: "2026-11-25T09:30:59.999+01:00" })] },
    "marks.0.until",
    /./,
  ],
  [
    "a tally off the five minutes",
    { tallies: [makeTally({ start: "2026-11-25T09:31:00.000+01:00" })] },
    "tallies.0.start",
    /5-minute/,
  ],
  [
    "more seconds than a bin has",
    { tallies: [makeTally({ activeSeconds: 301 })] },
    "tallies.0.activeSeconds",
    /./,
  ],
  ["negative counts", { tallies: [makeTally({ keys: -1 })] }, "tallies.0.keys", /./],
  [
    "a gap that ends before it begins",
    { gap: { epoch: 1, fromSeq: 5, toSeq: 4, reason: "full" } },
    "gap.toSeq",
    /./,
  ],
  [
    "the other person's workstation",
    { workstation: "8f0e9a52-4d4e-4a67-9e0f-0d4c3b1a2f11" },
    "workstation",
    /not the workstation of this connection/,
  ],
  ["an epoch never granted", { epoch: 4 }, "epoch", /never granted; the epoch is 3/],
  [
    "a loss in an epoch never granted",
    { gap: { epoch: 4, fromSeq: 1, toSeq: 2, reason: "full" } },
    "gap.epoch",
    /never granted/,
  ],
  ["a charter nobody signed", { charter: "0".repeat(64) }, "charter", /not a charter/],
  [
    "a category the charter has off",
    { charter: defaultCharterHash, tallies: [makeTally()] },
    "tallies.0",
    /does not record the category input/,
  ],
  [
    "an application category the charter does not have",
    { spans: [makeSpan({ kind: "focus", label: "Solitaire" })] },
    "spans.0.label",
    /not an application category/,
  ],
  [
    "an application category of a tally",
    { tallies: [makeTally({ label: "games" })] },
    "tallies.0.label",
    /not an application category/,
  ],
  [
    "a span that ends 5 minutes and 1 ms ahead",
    {
      spans: [
        makeSpan({ start: "2026-11-25T12:59:00.000+01:00", end: "2026-11-25T13:05:00.001+01:00" }),
      ],
    },
    "spans.0.end",
    /future/,
  ],
  [
    "a mark ahead",
    { marks: [makeMark({ at: "2026-11-25T14:00:00.000+01:00" })] },
    "marks.0.at",
    /future/,
  ],
  [
    "an interruption that ends ahead",
    { marks: [makeMark({ until: "2026-11-26T09:00:00.000+01:00" })] },
    "marks.0.until",
    /future/,
  ],
  [
    "a tally ahead",
    { tallies: [makeTally({ start: "2026-11-25T13:10:00.000+01:00" })] },
    "tallies.0.start",
    /future/,
  ],
  ["a batch sealed ahead", { sealedAt: "2027-01-01T00:00:00.000Z" }, "sealedAt", /future/],
];

test.each(badEvents)("%s is refused with path and reason", (_name, fields, path, reason) => {
  const refusals = refuse({ ...makeBatch(), ...fields });
  expect(refusals.map((refusal) => refusal.path)).toContain(path);
  expect(refusals.find((refusal) => refusal.path === path)?.reason).toMatch(reason);
});

test("a refusal names the batch when its numbers can be read, and at most 20 reasons", () => {
  const spans = Array.from({ length: 30 }, () => ({ ...makeSpan(), start: "never" }));
  const outcome = passGate(bytesOf({ ...makeBatch({ epoch: 2, seq: 77 }), spans }), context);
  expect(outcome.pass ? null : outcome.ack).toMatchObject({ epoch: 2, seq: 77 });
  expect(outcome.pass ? [] : outcome.ack.refusals).toHaveLength(20);
  const late = Array.from({ length: 30 }, () => makeSpan({ kind: "focus", label: "games" }));
  expect(refuse(makeBatch({ spans: late }))).toHaveLength(20);
});

test("a refusal does not repeat what was written in the batch", () => {
  const secret = "Mme-Durand-0612345678";
  const cases: object[] = [
    { spans: [{ ...makeSpan(), label: `${secret}@x` }] },
    { spans: [{ ...makeSpan(), kind: secret }] },
    { spans: [{ ...makeSpan(), start: secret }] },
    { workstation: secret },
    { charter: secret },
    { spans: [makeSpan({ kind: "focus", label: secret })] },
  ];
  for (const fields of cases)
    expect(JSON.stringify(refuse({ ...makeBatch(), ...fields }))).not.toContain(secret);
});
