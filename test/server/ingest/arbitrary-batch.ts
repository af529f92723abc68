import fc from "fast-check";
import { markKinds, workKinds } from "#schema/activity";
import { openCharter, openCharterHash, WORKSTATION } from "./batches.ts";

const MINUTE_MS = 60_000;
/** Between 13 days before the moment of the tests and that moment. */
const FIRST = Date.parse("2026-11-12T00:00:00.000Z");
const LAST = Date.parse("2026-11-25T11:55:00.000Z");

const offset = fc.constantFrom(0, 60, 120, -210, 345, 840, -720, -30);

function write(at: number, minutes: number): string {
  const local = new Date(at + minutes * MINUTE_MS).toISOString().slice(0, -1);
  const size = Math.abs(minutes);
  const pad = (value: number) => String(value).padStart(2, "0");
  return `${local}${minutes < 0 ? "-" : "+"}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

const instant = fc.integer({ min: FIRST, max: LAST });
const time = fc.tuple(instant, offset).map(([at, minutes]) => write(at, minutes));
const later = (at: number, longest: number) =>
  fc
    .tuple(fc.integer({ min: 0, max: Math.min(longest, LAST - at) }), offset)
    .map(([after, minutes]) => write(at + after, minutes));

const label = fc.stringMatching(/^[A-Za-z0-9éÅж技][A-Za-z0-9éÅж技 _.+'-]{0,39}$/);
const task = fc.stringMatching(/^[A-Za-z0-9é_-]{1,40}$/);
const origin = fc.constantFrom("imposed", "chosen", "peer", "unknown");
const source = fc.constantFrom("declared", "sensed", "imported");
const category = fc.constantFrom(...openCharter.applicationCategories);

const workSpan = instant.chain((at) =>
  fc.record(
    {
      kind: fc.constantFrom(...workKinds),
      start: offset.map((minutes) => write(at, minutes)),
      end: later(at, 86_400_000),
      source,
      label,
      task,
      origin,
      allotted: fc.integer({ min: 0, max: 604_800 }),
      scripted: fc.boolean(),
      complexity: fc.constantFrom(1, 2, 3),
      waitingOn: fc.constant("customer"),
      truncated: fc.boolean(),
    },
    { requiredKeys: ["kind", "start", "end", "source"] },
  ),
);

const focusSpan = instant.chain((at) =>
  fc.record(
    {
      kind: fc.constant("focus"),
      start: offset.map((minutes) => write(at, minutes)),
      end: later(at, 86_400_000),
      source,
      label: category,
      task,
      origin,
      truncated: fc.boolean(),
    },
    { requiredKeys: ["kind", "start", "end", "source", "label"] },
  ),
);

const mark = instant.chain((at) =>
  fc.constantFrom(...markKinds).chain((kind) =>
    fc.record(
      {
        kind: fc.constant(kind),
        at: offset.map((minutes) => write(at, minutes)),
        task,
        label:
          kind === "interrupt" ? fc.constantFrom("contact", "colleague", "system", "self") : label,
        origin,
        until: later(at, 10 * 86_400_000),
        due: time,
        remaining: fc.double({ min: 0, max: 100_000, noNaN: true }).map((value) => value + 0),
      },
      { requiredKeys: kind === "deadline" ? ["kind", "at", "due"] : ["kind", "at"] },
    ),
  ),
);

const count = fc.integer({ min: 0, max: 100_000 });
const tally = fc.record({
  start: fc
    .tuple(fc.integer({ min: FIRST / 300_000, max: LAST / 300_000 - 1 }), offset)
    .map(([bin, minutes]) => write(Math.floor(bin) * 300_000, minutes)),
  label: category,
  activeSeconds: fc.integer({ min: 0, max: 300 }),
  keys: count,
  clicks: count,
  doubleClicks: count,
  scrolls: count,
  pauses: fc.integer({ min: 0, max: 10 }),
});

const gap = fc.integer({ min: 1, max: 2 ** 40 }).chain((fromSeq) =>
  fc.record({
    epoch: fc.integer({ min: 1, max: 3 }),
    fromSeq: fc.constant(fromSeq),
    toSeq: fc.integer({ min: fromSeq, max: Number.MAX_SAFE_INTEGER }),
    reason: fc.constantFrom("full", "deleted", "too-late", "corrupt", "refused"),
  }),
);

/** Any batch the gate has to take, as the JSON value an agent would write. */
export const arbitraryBatch = fc.record(
  {
    workstation: fc.constant(WORKSTATION),
    epoch: fc.integer({ min: 1, max: 3 }),
    seq: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    charter: fc.constant(openCharterHash),
    sealedAt: time,
    spans: fc.array(fc.oneof(workSpan, focusSpan), { maxLength: 6 }),
    marks: fc.array(mark, { maxLength: 6 }),
    tallies: fc.array(tally, { maxLength: 4 }),
    gap,
  },
  {
    requiredKeys: [
      "workstation",
      "epoch",
      "seq",
      "charter",
      "sealedAt",
      "spans",
      "marks",
      "tallies",
    ],
  },
);
