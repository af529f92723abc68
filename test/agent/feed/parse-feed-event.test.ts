import fc from "fast-check";
import { expect, test } from "vitest";
import { neutralMapping, parseFeedMapping } from "#agent/feed/feed-mapping";
import { MAIN, parseFeedEvent } from "#agent/feed/parse-feed-event";
import { span } from "#schema/activity";

function understand(value: unknown, mapping = neutralMapping) {
  const parsed = parseFeedEvent(value, mapping);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.event;
}

test("a message becomes a kind, a queue's label and a case number; what else it holds is only counted", () => {
  const event = understand(
    {
      state: "on_contact",
      queue: "PS",
      task: "C-4711",
      id: "call-9",
      event: "e-1",
      channel: "voice",
      at: "2026-11-25T09:30:00+01:00",
      customer: "Ana Müller",
      phone: "+33 6 12 34 56 78",
    },
    parseFeedMapping('{"tasks":true}', "f"),
  );
  expect(event).toEqual({
    task: { kind: "contact", label: "PS", task: "C-4711" },
    thread: "#call-9",
    at: Date.parse("2026-11-25T08:30:00.000Z"),
    event: "e-1",
    unmapped: null,
    ignored: 2,
  });
  expect(JSON.stringify(event)).not.toMatch(/Ana|33 6/);
});

test("a message without a contact's id is of the main thread, and none with an id can take its place", () => {
  expect(understand({ state: "available" }).thread).toBe(MAIN);
  expect(understand({ state: "available", id: null }).thread).toBe(MAIN);
  expect(understand({ state: "on_contact", id: MAIN }).thread).not.toBe(MAIN);
  expect(understand({ state: "on_contact", id: 7 }).thread).toBe("#7");
});

test("with a list of queues only those on it have a label; without one a plain name is its own", () => {
  const listed = parseFeedMapping('{"queues":{"4711":"PS","Nouveaux clients":"NE"}}', "f");
  const labels = (mapping = neutralMapping) =>
    [
      "4711",
      4711,
      "Nouveaux clients",
      "IN",
      "0612345678",
      "+33 6 12 34 56 78",
      "06.12.34.56.78",
      "a/b",
      "",
    ].map((queue) => understand({ state: "on_contact", queue }, mapping).task?.label);
  expect(labels(listed)).toEqual(["PS", "PS", "NE", ...Array(6).fill(undefined)]);
  // What may be somebody's telephone number is no label.
  expect(labels()).toEqual(["4711", "4711", "Nouveaux clients", "IN", ...Array(5).fill(undefined)]);
});

test("a case number is taken only where the mapping says so: it may be the caller's telephone number", () => {
  const taken = (mapping: string, task: unknown) => {
    const event = understand({ state: "on_contact", task }, parseFeedMapping(mapping, "f"));
    return [event.task?.task, event.ignored];
  };
  for (const mapping of ["{}", '{"tasks":false}']) {
    expect(taken(mapping, "0612345678")).toEqual([undefined, 1]);
    expect(taken(mapping, 4711)).toEqual([undefined, 1]);
    expect(taken(mapping, "C-1")).toEqual([undefined, 1]);
    expect(taken(mapping, null)).toEqual([undefined, 0]);
  }
  expect(taken('{"tasks":true}', 4711)).toEqual(["4711", 0]);
  expect(taken('{"tasks":true}', "Ana Müller")).toEqual([undefined, 1]);
  expect(taken('{"tasks":true}', "x".repeat(101))).toEqual([undefined, 1]);
  const pattern = '{"tasks":"C-[0-9]+|R[0-9]{4}"}';
  expect(taken(pattern, "C-4711")).toEqual(["C-4711", 0]);
  expect(taken(pattern, "R0612")).toEqual(["R0612", 0]);
  for (const other of ["0612345678", "R0612345678", "xC-1", "C-1x"])
    expect(taken(pattern, other)).toEqual([undefined, 1]);
});

test("times are taken with an offset, or as seconds or milliseconds; anything else is no time", () => {
  const at = Date.parse("2026-11-25T08:30:00.000Z");
  for (const good of [
    "2026-11-25T08:30:00Z",
    "2026-11-25T09:30:00.000+01:00",
    "2026-11-25 09:30+0100",
    at,
    at / 1000,
  ])
    expect(understand({ state: "break", at: good }).at).toBe(at);
  for (const bad of ["2026-11-25T09:30:00", "soon", "", {}, -1, 0, true, null])
    expect(understand({ state: "break", at: bad }).at).toBeNull();
});

test("what is no message is refused with the field, never with what it held", () => {
  const secret = "s".repeat(101);
  for (const [value, field] of [
    [{}, "state"],
    [{ state: "" }, "state"],
    [{ state: secret }, "state"],
    [{ state: { secret } }, "state"],
    [{ state: "break", id: { secret } }, "id"],
    [{ state: "break", id: secret }, "id"],
    [[{ state: "break" }], "object"],
    [null, "object"],
    ["break", "object"],
  ] as const) {
    const parsed = parseFeedEvent(value, neutralMapping);
    expect(parsed).toMatchObject({ ok: false, reason: expect.stringContaining(field) });
    expect(JSON.stringify(parsed)).not.toContain(secret);
  }
});

test("whatever comes, what is for the record fits the schema, and a state unknown to the mapping is unknown", () => {
  const anything = fc.record(
    {
      state: fc.oneof(fc.string(), fc.constantFrom("break", "on_contact", "ended"), fc.anything()),
      queue: fc.oneof(fc.string(), fc.anything()),
      task: fc.oneof(fc.string(), fc.anything()),
      id: fc.oneof(fc.string(), fc.anything()),
      at: fc.oneof(fc.double(), fc.anything()),
      event: fc.anything(),
      channel: fc.anything(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(anything, fc.anything()), (value) => {
      const parsed = parseFeedEvent(value, neutralMapping);
      if (!parsed.ok || parsed.event.task === null) return;
      const { task, unmapped, at } = parsed.event;
      const times = { start: "2026-11-25T08:30:00.000Z", end: "2026-11-25T08:30:00.000Z" };
      expect(span.safeParse({ ...task, ...times, source: "imported" }).success).toBe(true);
      if (unmapped !== null) expect(task.kind).toBe("unknown");
      expect(at === null || Number.isSafeInteger(at) || at > 1e15).toBe(true);
    }),
  );
});
