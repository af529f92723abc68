import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { formatTimestamp } from "#schema/time";
import {
  bigintArray,
  booleanArray,
  doubleArray,
  integerArray,
  smallintArray,
  textArray,
  timestampArray,
  uuidArray,
} from "#server/database/binary-array";
import { openTestStore, type TestStore } from "#test/support/database";

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.drop());

/** What the database takes an array for, said in its own words. */
async function readBack(array: Buffer, type: string): Promise<unknown[]> {
  const { rows } = await store.pool.query(
    `select array(select v::text from unnest($1::${type}[]) with ordinality as a (v, n) order by n) as found`,
    [array],
  );
  return rows[0].found;
}

const said = (values: readonly unknown[]) =>
  values.map((value) => (value === undefined ? null : String(value)));
const column = <Value>(value: fc.Arbitrary<Value>) =>
  fc.array(fc.option(value, { nil: undefined }), { maxLength: 40 });
const whole = (bits: number) => fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 });

test("texts, numbers, truths and ids reach the database as they are, absent ones as null", async () => {
  const text = fc.string({ unit: "binary", maxLength: 12 }).filter((made) => !made.includes("\0"));
  const uuid = fc.uuid();
  const cases = fc.record({
    texts: column(text),
    uuids: column(uuid),
    smallints: column(whole(16)),
    integers: column(whole(32)),
    bigints: column(fc.maxSafeInteger()),
    truths: column(fc.boolean()),
  });
  await fc.assert(
    fc.asyncProperty(cases, async (made) => {
      expect(await readBack(textArray(made.texts), "text")).toEqual(said(made.texts));
      expect(await readBack(uuidArray(made.uuids), "uuid")).toEqual(said(made.uuids));
      expect(await readBack(smallintArray(made.smallints), "smallint")).toEqual(
        said(made.smallints),
      );
      expect(await readBack(integerArray(made.integers), "integer")).toEqual(said(made.integers));
      expect(await readBack(bigintArray(made.bigints), "bigint")).toEqual(said(made.bigints));
      expect(await readBack(booleanArray(made.truths), "boolean")).toEqual(said(made.truths));
    }),
    { numRuns: 100 },
  );
});

test("the same id many times over, and others between, stay apart", async () => {
  const [one, other] = [randomUUID(), randomUUID()];
  const ids = [one, one, other, undefined, other, one];
  expect(await readBack(uuidArray(ids), "uuid")).toEqual(said(ids));
});

test("broken numbers stay exact", async () => {
  const numbers = [0, 0.1, -12.25, 100_000, undefined];
  expect(await readBack(doubleArray(numbers), "double precision")).toEqual(said(numbers));
});

test("a time is the same instant to the millisecond in the database", async () => {
  const instants = fc.array(
    fc.integer({
      min: Date.parse("0001-01-03T00:00:00.000Z"),
      max: Date.parse("9999-12-29T00:00:00.000Z"),
    }),
    { minLength: 1, maxLength: 40 },
  );
  await fc.assert(
    fc.asyncProperty(instants, fc.integer({ min: -959, max: 959 }), async (at, offset) => {
      const { rows } = await store.pool.query(
        "select array(select (extract(epoch from v) * 1000)::text from unnest($1::timestamptz[]) with ordinality as a (v, n) order by n) as found",
        [timestampArray(at.map((instant) => formatTimestamp(instant, offset)))],
      );
      expect(rows[0].found.map(Number)).toEqual(at);
    }),
    { numRuns: 50 },
  );
});

test("a number that does not fit is an error here, and never another number there", () => {
  expect(() => smallintArray([40_000])).toThrow(RangeError);
  expect(() => integerArray([2 ** 31])).toThrow(RangeError);
});
