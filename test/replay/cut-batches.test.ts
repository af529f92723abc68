import fc from "fast-check";
import { expect, test } from "vitest";
import { writeSpan } from "#agent/replay/call-log";
import { cutBatches, MAX_PART_EVENTS } from "#agent/replay/cut-batches";
import { sliceLog } from "#agent/replay/slice";
import { batch, MAX_BATCH_BYTES } from "#schema/batch";
import { HALF_HOUR_MS } from "#schema/queue";
import { millisecondsOf } from "#schema/time";

const sender = {
  workstation: "3b241101-e2bb-4255-8caf-4136c566a962",
  epoch: 1,
  charter: "c".repeat(64),
  zone: "Asia/Jerusalem",
};
const first = millisecondsOf("1999-04-01T22:00:00.000+02:00");

function makeSpan(start: number, seconds: number, label: string) {
  return writeSpan(
    "ALMA",
    "server",
    {
      start,
      end: start + seconds * 1000,
      startColumn: "ser_start",
      endColumn: "ser_exit",
      zone: sender.zone,
    },
    { kind: "contact", label, labelColumn: "type" },
  );
}

/** Up to a few hundred spans within two days over the spring change of Jerusalem, duplicates and overlaps included. */
const logs = fc
  .array(
    fc
      .tuple(
        fc.integer({ min: 0, max: 172_799 }),
        fc.integer({ min: 0, max: 4_000 }),
        fc.constantFrom("PS", "NW", "NE"),
      )
      .map(([at, seconds, label]) => makeSpan(first + at * 1000, seconds, label)),
    { maxLength: 300 },
  )
  .map((spans) => ({ spans, queue: [], faults: [] }));

const bytesOf = (spans: Parameters<typeof cutBatches>[0]) =>
  cutBatches(spans, sender).map(({ sealed }) => [sealed.seq, Buffer.from(sealed.bytes).toString()]);

test("the same log gives the same bytes, in whatever order its lines stand", () => {
  fc.assert(
    fc.property(logs, fc.integer(), ({ spans }, seed) => {
      const shuffled = [...spans].sort((a, b) => ((a.start ^ seed) % 97) - ((b.start ^ seed) % 97));
      expect(bytesOf(shuffled)).toEqual(bytesOf(spans));
    }),
    { numRuns: 50 },
  );
});

test("a slice on half hours gives the very batches the whole log gives for it, and both slices make the whole", () => {
  fc.assert(
    fc.property(logs, fc.integer({ min: 0, max: 96 }), (log, halfHours) => {
      const at = first + halfHours * HALF_HOUR_MS;
      const before = bytesOf(sliceLog(log, null, at).spans);
      const after = bytesOf(sliceLog(log, at, null).spans);
      expect([...before, ...after]).toEqual(bytesOf(log.spans));
    }),
    { numRuns: 50 },
  );
});

test("every batch is one the schema takes, sealed when its half hour is over and its last span too", () => {
  fc.assert(
    fc.property(logs, ({ spans }) => {
      const cut = cutBatches(spans, sender);
      expect(new Set(cut.map((one) => one.sealed.seq)).size).toBe(cut.length);
      for (const { sealed, due } of cut) {
        expect(sealed.bytes.length).toBeLessThan(MAX_BATCH_BYTES);
        const read = batch.parse(JSON.parse(Buffer.from(sealed.bytes).toString()));
        expect(millisecondsOf(read.sealedAt)).toBeGreaterThanOrEqual(due);
        for (const span of read.spans) {
          expect(Math.floor(millisecondsOf(span.start) / HALF_HOUR_MS)).toBe(
            Math.floor(read.seq / 100),
          );
          expect(millisecondsOf(read.sealedAt)).toBeGreaterThanOrEqual(millisecondsOf(span.end));
        }
      }
      expect(cut.reduce((sum, { sealed }) => sum + sealed.events, 0)).toBe(spans.length);
    }),
    { numRuns: 50 },
  );
});

test("a half hour of more spans than a batch takes is cut into parts that fit, longest labels included", () => {
  const label = "ש".repeat(40);
  const spans = Array.from({ length: MAX_PART_EVENTS * 2 + 1 }, (_, i) =>
    makeSpan(first + i, 1, label),
  );
  const cut = cutBatches(spans, sender);
  expect(cut.map(({ sealed }) => sealed.events)).toEqual([MAX_PART_EVENTS, MAX_PART_EVENTS, 1]);
  const base = (first / HALF_HOUR_MS) * 100;
  expect(cut.map(({ sealed }) => sealed.seq)).toEqual([base, base + 1, base + 2]);
  for (const { sealed } of cut) expect(sealed.bytes.length).toBeLessThan(MAX_BATCH_BYTES);
});

test("more spans in one half hour than there are numbers for is an error, not a loss", () => {
  const one = makeSpan(first, 1, "PS");
  const spans = Array.from({ length: MAX_PART_EVENTS * 100 + 1 }, () => one);
  expect(() => cutBatches(spans, sender)).toThrow(/more than 40000 spans/);
});
