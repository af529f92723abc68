import fc from "fast-check";
import { expect, test } from "vitest";
import { Buckets } from "#agent/gateway/buckets";
import { allTime, EventTable, type KeptEvent } from "#agent/gateway/event-table";
import { formatInstant, parseInstant } from "#agent/gateway/instant";
import { shareData } from "#agent/gateway/redacted-data";

const crm = shareData({ app: "crm" });

const event = fc.record<KeptEvent>({
  id: fc.integer({ min: 1, max: 20 }),
  start: fc.integer({ min: 0, max: 100 }),
  duration: fc.integer({ min: 0, max: 30 }),
  data: fc.constantFrom(crm, shareData({ status: "afk" }), shareData({})),
});
const change = fc.oneof(
  event.map((put) => ({ put })),
  fc.integer({ min: 1, max: 20 }).map((remove) => ({ remove })),
  fc
    .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 40, max: 130 }))
    .map((keep) => ({ keep })),
  fc.integer({ min: 0, max: 3 }).map((first) => ({ first })),
);

test("the columns hold what a plain map would hold, whatever is done to them", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
      const table = new EventTable();
      let model = new Map<number, KeptEvent>();
      const inOrder = () => [...model.values()].toSorted((a, b) => a.id - b.id);
      for (const step of changes) {
        if ("put" in step) {
          table.put(step.put);
          model.set(step.put.id, step.put);
        } else if ("remove" in step) {
          expect(table.remove(step.remove)).toBe(model.delete(step.remove));
        } else if ("keep" in step) {
          const [from, to] = step.keep;
          table.dropOutside({ from, to });
          model = new Map(
            [...model].filter(([, { start, duration }]) => start <= to && start + duration >= from),
          );
        } else {
          table.dropFirst(step.first);
          for (const { id } of inOrder().slice(0, step.first)) model.delete(id);
        }
        expect([...table]).toEqual(inOrder());
        expect(table.size).toBe(model.size);
      }
      const latestFirst = inOrder().toSorted((a, b) => b.start - a.start || b.id - a.id);
      expect(table.select(allTime)).toEqual(latestFirst.map(({ id }) => id));
      for (const one of model.values()) expect(table.get(one.id)).toEqual(one);
      const ends = inOrder().map(({ start, duration }) => start + duration);
      expect(table.bounds()?.to ?? null).toBe(ends.length === 0 ? null : Math.max(...ends));
    }),
    { numRuns: 500 },
  );
});

test("more events than there is room for: the fullest bucket loses its oldest, the others nothing", () => {
  const buckets = new Buckets("3f1a3b52-8f0e-4c1e-9f0e-0a1b2c3d4e5f");
  const fields = { type: "t", client: "c", hostname: "h", created: 0, device: null };
  const full = buckets.make({ id: "full", ...fields });
  const small = buckets.make({ id: "small", ...fields });
  for (let n = 0; n < 500; n += 1) buckets.add(full, { start: n, duration: 1, data: crm });
  for (let n = 0; n < 50; n += 1) buckets.add(small, { start: n, duration: 1, data: crm });
  buckets.prune(allTime, 300);
  expect(small.events.size).toBe(50);
  expect([...full.events].map(({ id }) => id)).toEqual(
    Array.from({ length: 250 }, (_one, index) => 251 + index),
  );
});

test("times are read to the microsecond in any offset, and written in UTC", () => {
  const moment = Date.parse("2026-11-25T08:30:00Z") * 1000;
  for (const [text, more] of [
    ["2026-11-25T08:30:00Z", 0],
    ["2026-11-25T09:30:00+01:00", 0],
    ["2026-11-25T09:30:00 01:00", 0],
    ["2026-11-25 03:00:00-0530", 0],
    ["2026-11-25T08:30:00.123456+00:00", 123_456],
    ["2026-11-25T08:30:00.1234569Z", 123_456],
    ["2026-11-25T08:30:00.5z", 500_000],
  ] as const)
    expect(parseInstant(text), text).toBe(moment + more);
  for (const wrong of [
    "",
    "2026-11-25",
    "2026-13-25T08:30:00Z",
    "2026-11-25T08:30:00",
    "1969-12-31T23:59:59Z",
    "2200-01-01T00:00:00Z",
  ])
    expect(parseInstant(wrong), wrong).toBeNull();
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: parseInstant("2199-12-31T23:59:59.999999Z") ?? 0 }),
      (some) => {
        expect(parseInstant(formatInstant(some))).toBe(some);
      },
    ),
  );
});
