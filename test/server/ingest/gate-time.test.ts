import { expect, test } from "vitest";
import { passGate } from "#server/ingest/gate";
import { bytesOf, makeBatch, makeMark, makeSpan, makeTally } from "./batches.ts";
import { context, refuse } from "./gate-context.ts";

const badTimes = [
  "2026-11-25T09:30:00+01:00",
  "2026-11-25T09:30:00.000",
  "2026-11-25 09:30:00.000+01:00",
  "2026-11-25t09:30:00.000z",
  "2026-11-25T09:30:00.000000+01:00",
  "2026-11-25T24:00:00.000+01:00",
  "2026-11-25T23:59:60.000+01:00",
  "2026-02-29T09:30:00.000+01:00",
  "2026-13-01T09:30:00.000+01:00",
  "2026-11-25T09:30:00.000+24:00",
  "2026-11-25T09:30:00.000+01:60",
  "2026-11-25T09:30:00.000+16:00",
  "2026-11-25T09:30:00.000-23:59",
  "0000-06-01T09:30:00.000Z",
  "+010000-01-01T00:00:00.000Z",
  "-000001-01-01T00:00:00.000Z",
  "infinity",
  "now",
  "",
];

test.each(badTimes)("the time %j is refused wherever it stands", (time) => {
  const replay = { retentionSuspended: true };
  const spans = [makeSpan({ start: time })];
  expect(refuse(makeBatch({ spans }), replay)[0]?.path).toBe("spans.0.start");
  const marks = [makeMark({ kind: "deadline", due: time })];
  expect(refuse(makeBatch({ marks }), replay)[0]?.path).toBe("marks.0.due");
  expect(refuse(makeBatch({ sealedAt: time }), replay)[0]?.path).toBe("sealedAt");
});

test.each(["Z", "+00:00", "-00:00", "+05:45", "-03:30", "+14:00", "-12:00", "+15:59", "-15:59"])(
  "a time with the offset %s passes",
  (offset) => {
    const at = `2026-11-20T09:30:00.000${offset}`;
    const marks = [makeMark({ kind: "deadline", at, due: `9999-12-31T23:59:59.999${offset}` })];
    expect(passGate(bytesOf(makeBatch({ marks })), context).pass).toBe(true);
  },
);

test("an event older than the raw days, counted from the end of its own day, is refused as too late", () => {
  // 14 days before now is 13:00 on the 11th; that day ended at midnight in the zone of the event.
  const at = (day: string, time: string, offset = "+01:00") =>
    makeBatch({ marks: [makeMark({ at: `2026-11-${day}T${time}:00.000${offset}` })] });
  expect(passGate(bytesOf(at("11", "00:00")), context).pass).toBe(true);
  const [first] = refuse(at("10", "23:59"));
  expect(first).toEqual({
    path: "marks.0.at",
    reason: "too-late: older than the 14 days raw events are kept",
  });
  // The same instant belongs to another day elsewhere.
  expect(passGate(bytesOf(at("10", "20:00", "-12:00")), context).pass).toBe(true);
  expect(refuse(at("10", "20:00", "+14:00"))[0]?.path).toBe("marks.0.at");
  const spans = [
    makeSpan({ start: "2026-11-10T23:00:00.000+01:00", end: "2026-11-11T00:10:00.000+01:00" }),
  ];
  expect(refuse(makeBatch({ spans }))[0]?.path).toBe("spans.0.start");
  const tallies = [makeTally({ start: "2026-10-11T00:00:00.000Z" })];
  expect(refuse(makeBatch({ tallies }))[0]?.path).toBe("tallies.0.start");
});

test("a replay takes events of any age, but none from the future", () => {
  const spans = [
    makeSpan({ start: "1999-02-01T07:00:00.000+02:00", end: "1999-02-01T07:03:00.000+02:00" }),
    makeSpan({ start: "0001-01-01T00:00:00.000+00:00", end: "0001-01-01T00:00:00.000+00:00" }),
  ];
  expect(refuse(makeBatch({ spans }))).toHaveLength(2);
  expect(
    passGate(bytesOf(makeBatch({ spans })), { ...context, retentionSuspended: true }).pass,
  ).toBe(true);
  const ahead = [makeSpan({ start: "9999-12-31T00:00:00.000Z", end: "9999-12-31T00:00:00.000Z" })];
  expect(refuse(makeBatch({ spans: ahead }), { retentionSuspended: true })[0]?.reason).toMatch(
    /future/,
  );
});
