import { expect, test } from "vitest";
import { MAX_BATCH_BYTES, MAX_BATCH_EVENTS } from "#schema/batch";
import { passGate } from "#server/ingest/gate";
import { bytesOf, makeBatch, makeMark, makeSpan } from "./batches.ts";
import { context, rawBatch, refusalsFor, refuse } from "./gate-context.ts";

test("numbers JSON cannot hold are refused: NaN, Infinity, a value that overflows", () => {
  for (const number of ["NaN", "Infinity", "-Infinity"])
    expect(refusalsFor(rawBatch('"seq":1', `"seq":${number}`))).toEqual([
      { path: "(root)", reason: "not JSON in UTF-8" },
    ]);
  const marks = [makeMark({ remaining: 7 })];
  for (const number of ["1e400", "-1e400", "1e6", "-0.1"])
    expect(
      refusalsFor(rawBatch('"remaining":7', `"remaining":${number}`, { marks }))[0]?.path,
    ).toBe("marks.0.remaining");
});

test("bytes that are no JSON in UTF-8 are refused whatever they are", () => {
  const text = JSON.stringify(makeBatch({ spans: [makeSpan({ label: "caf" })] }));
  const at = text.indexOf("caf") + 2;
  for (const bad of [[0xff], [0xc3], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80]]) {
    const bytes = Buffer.concat([
      Buffer.from(text.slice(0, at)),
      Buffer.from(bad),
      Buffer.from(text.slice(at)),
    ]);
    expect(refusalsFor(bytes)).toEqual([{ path: "(root)", reason: "not JSON in UTF-8" }]);
  }
  for (const text of ["", "{", "undefined", "\u0000", "{}}", "'a'", '{"a":1,}'])
    expect(refusalsFor(Buffer.from(text))).toEqual([
      { path: "(root)", reason: "not JSON in UTF-8" },
    ]);
  for (const value of [null, 1, "batch", [], [makeBatch()], true])
    expect(refuse(value)[0]?.path).toBe("(root)");
});

test("a byte order mark is let be: the text behind it is the same", () => {
  const bytes = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytesOf(makeBatch())]);
  expect(passGate(bytes, context).pass).toBe(true);
});

test("too many bytes are refused unread, one fewer is read", () => {
  const padded = (size: number) => {
    const text = JSON.stringify(makeBatch());
    return Buffer.from(text + " ".repeat(size - text.length));
  };
  expect(passGate(padded(MAX_BATCH_BYTES), context).pass).toBe(true);
  expect(refusalsFor(padded(MAX_BATCH_BYTES + 1))).toEqual([
    { path: "(root)", reason: `more than ${MAX_BATCH_BYTES} bytes` },
  ]);
});

test("more events than a batch may hold are refused, over all kinds and in one", () => {
  const half = Array.from({ length: MAX_BATCH_EVENTS / 2 }, () => makeSpan());
  const marks = Array.from({ length: MAX_BATCH_EVENTS / 2 }, () => makeMark());
  expect(passGate(bytesOf(makeBatch({ spans: half, marks })), context).pass).toBe(true);
  expect(refuse(makeBatch({ spans: half, marks: [...marks, makeMark()] }))[0]?.reason).toMatch(
    /more than 500 events/,
  );
  const spans = Array.from({ length: MAX_BATCH_EVENTS + 1 }, () => makeSpan());
  expect(refuse(makeBatch({ spans }))[0]?.path).toBe("spans");
});

test("nesting as deep as the bytes allow is refused and does not end the process", () => {
  const deep = 90_000;
  for (const [open, close] of [
    ["[", "]"],
    ['{"a":', "}"],
  ] as const) {
    const depth = Math.floor(deep / (open.length + close.length));
    const nest = `${open.repeat(depth)}1${close.repeat(depth)}`;
    expect(refusalsFor(Buffer.from(nest))).not.toEqual([]);
    expect(refusalsFor(rawBatch('"spans":[', `"spans":[${nest},`))[0]?.path).toMatch(/^spans\.0/);
    expect(refusalsFor(rawBatch('"seq":1', `"seq":1,"more":${nest}`))[0]?.reason).toMatch(/more/);
  }
});

test("__proto__ and its kin are unknown fields like others, and change nothing", () => {
  for (const name of ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"]) {
    expect(refusalsFor(rawBatch('{"workstation"', `{"${name}":{"epoch":1},"workstation"`))).toEqual(
      [{ path: "(root)", reason: `unknown field: ${name}` }],
    );
    expect(refusalsFor(rawBatch('{"kind"', `{"${name}":{"label":"x"},"kind"`))[0]?.path).toBe(
      "spans.0",
    );
  }
  expect(Object.hasOwn(Object.prototype, "epoch")).toBe(false);
});
