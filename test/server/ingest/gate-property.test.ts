import fc from "fast-check";
import { expect, test } from "vitest";
import { passGate } from "#server/ingest/gate";
import { arbitraryBatch } from "./arbitrary-batch.ts";
import { bytesOf, makeBatch } from "./batches.ts";
import { context } from "./gate-context.ts";

type Place = (string | number)[];

/** Every place in a JSON value, the value itself first. */
function placesOf(value: unknown, at: Place = []): Place[] {
  if (typeof value !== "object" || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => placesOf(inner, [...at, key]))];
}

function valueAt(value: unknown, place: Place): unknown {
  return place.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined,
    value,
  );
}

/** A copy in which one place holds something else; `undefined` takes it away. */
function replaceAt(value: unknown, place: Place, replacement: unknown): unknown {
  const copy: unknown = structuredClone(value);
  const key = place.at(-1);
  const holder = valueAt(copy, place.slice(0, -1));
  if (key === undefined || typeof holder !== "object" || holder === null) return replacement;
  if (replacement === undefined) Reflect.deleteProperty(holder, key);
  else Reflect.set(holder, key, replacement);
  return copy;
}

const optional = new Set([
  "gap",
  "label",
  "task",
  "origin",
  "allotted",
  "scripted",
  "complexity",
  "waitingOn",
  "truncated",
  "until",
  "due",
  "remaining",
]);

/** Values no place of that kind can hold. */
function wrongFor(value: unknown): fc.Arbitrary<unknown> {
  const others: unknown[] = [null, [], {}, "", "\u0000", -1, 0.5, 1e300, true, [1], { a: 1 }];
  return fc.constantFrom(
    ...others.filter((other) => {
      if (Array.isArray(value)) return !(Array.isArray(other) && other.length === 0);
      if (typeof value === "boolean") return typeof other !== "boolean";
      // The one number that need not be whole.
      if (typeof value === "number") return other !== 0.5;
      return true;
    }),
  );
}

const mutated = arbitraryBatch.chain((batch) => {
  const places = placesOf(batch);
  const objects = places.filter((place) => {
    const value = valueAt(batch, place);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  });
  const needed = places.filter((place) => {
    const key = place.at(-1);
    return typeof key === "string" && Number.isNaN(Number(key)) && !optional.has(key);
  });
  return fc.oneof(
    fc
      .tuple(
        fc.constantFrom(...objects),
        fc.constantFrom("title", "url", "id", "person", "zzz", "0"),
      )
      .map(([place, name]) => ({
        what: "an unknown field",
        batch: replaceAt(batch, [...place, name], "x"),
      })),
    fc.constantFrom(...places).chain((place) =>
      wrongFor(valueAt(batch, place)).map((wrong) => ({
        what: `${place.join(".")} = ${JSON.stringify(wrong)}`,
        batch: replaceAt(batch, place, wrong),
      })),
    ),
    fc.constantFrom(...needed).map((place) => ({
      what: `no ${place.join(".")}`,
      batch: replaceAt(batch, place, undefined),
    })),
  );
});

test("whatever an agent may record passes as it is", () => {
  fc.assert(
    fc.property(arbitraryBatch, (batch) => {
      const outcome = passGate(bytesOf(batch), context);
      expect(outcome.pass ? outcome.gated.batch : outcome.ack).toEqual(batch);
    }),
    { numRuns: 500 },
  );
});

test("one thing in it that the schema cannot hold, and the batch is refused with a path", () => {
  fc.assert(
    fc.property(mutated, ({ batch }) => {
      const outcome = passGate(bytesOf(batch), context);
      expect(outcome.pass).toBe(false);
      if (!outcome.pass) expect(outcome.ack.refusals?.[0]?.path).not.toBe("");
    }),
    { numRuns: 2_000 },
  );
});

test("whatever bytes come, the gate answers and throws nothing", () => {
  const good = bytesOf(makeBatch());
  const broken = fc
    .array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
    .map((changes) => {
      const bytes = Uint8Array.from(good);
      for (const [at, byte] of changes) bytes[at] = byte;
      return bytes;
    });
  const json = fc.json({ maxDepth: 8 }).map((text) => Buffer.from(text));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), json, broken), (bytes) => {
      const outcome = passGate(bytes, context);
      expect(outcome.pass || (outcome.ack.refusals ?? []).length > 0).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
