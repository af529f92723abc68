import { expect, test } from "vitest";
import { openOutbox } from "#agent/outbox";
import { sealBatch } from "#agent/seal-batch";
import { type Batch, batch as batchSchema, MAX_BATCH_BYTES, MAX_BATCH_EVENTS } from "#schema/batch";
import { makeBatch, makeContext, makeMark, makeSpan } from "./factories.ts";
import { makeFolder } from "./folder.ts";
import { WORKSTATION } from "./site-double.ts";

const read = (bytes: Uint8Array): Batch =>
  batchSchema.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));

test("the same batch always gives the same bytes, whatever the order of its fields", () => {
  const batch = makeBatch();
  const shuffled: Batch = { ...Object.fromEntries(Object.entries(batch).reverse()), ...batch };
  expect(sealBatch(shuffled).sha256).toBe(sealBatch(batch).sha256);
});

test("events kept before a restart are sealed after it, in the order they came, and read as a valid batch", async () => {
  const folder = makeFolder();
  const first = openOutbox(folder);
  first.adoptEpoch(4);
  first.add({ spans: [makeSpan({ task: "1" })] });
  first.addAll({ spans: [makeSpan({ task: "2" })], marks: [makeMark()] }, { upTo: 2 });
  await first.close();
  const second = openOutbox(folder);
  expect(second.loss).toBe(null);
  expect(second.epoch).toBe(4);
  expect(second.readNote()).toEqual({ upTo: 2 });
  const sealed = second.seal(makeContext(4));
  expect(sealed).toMatchObject({ workstation: WORKSTATION, epoch: 4, seq: 1, events: 3 });
  const batch = read(sealed?.bytes ?? new Uint8Array());
  expect(batch.spans.map(({ task }) => task)).toEqual(["1", "2"]);
  expect(second.seal(makeContext(4))).toBe(null);
  await second.close();
});

test("a stored event that this version does not take is counted as lost, and the others go on", async () => {
  const outbox = openOutbox(makeFolder());
  outbox.add({ spans: [makeSpan({ label: "x".repeat(500) }), makeSpan({ task: "2" })] });
  const sealed = outbox.seal(makeContext());
  expect(read(sealed?.bytes ?? new Uint8Array()).spans.map(({ task }) => task)).toEqual(["2"]);
  expect(outbox.counts()).toMatchObject({ open: 0, lostUnnumbered: 1 });
  expect(outbox.seal(makeContext())).toBe(null);
  await outbox.close();
});

test("a batch never holds more events or bytes than the server takes", async () => {
  const outbox = openOutbox(makeFolder());
  const label = "é".repeat(40);
  const task = "t".repeat(40);
  for (let n = 0; n < 4; n += 1)
    outbox.addAll({
      spans: Array.from({ length: 400 }, () =>
        makeSpan({ label, task, allotted: 604_800, scripted: true, origin: "imposed" }),
      ),
    });
  let events = 0;
  for (let sealed = outbox.seal(makeContext()); sealed; sealed = outbox.seal(makeContext())) {
    expect(sealed.events).toBeLessThanOrEqual(MAX_BATCH_EVENTS);
    expect(sealed.bytes.length).toBeLessThanOrEqual(MAX_BATCH_BYTES);
    events += sealed.events;
  }
  expect(events).toBe(1600);
  await outbox.close();
});

test("an acknowledged batch is forgotten; its number is not used again, also after a restart", async () => {
  const folder = makeFolder();
  const first = openOutbox(folder);
  first.add({ spans: [makeSpan()] });
  first.seal(makeContext());
  expect(first.settle(1, 1)).toBe(true);
  expect(first.settle(1, 1)).toBe(false);
  expect(first.counts().sealed).toBe(0);
  await first.close();
  const second = openOutbox(folder);
  second.add({ spans: [makeSpan()] });
  expect(second.seal(makeContext())?.seq).toBe(2);
  await second.close();
});

test("numbers begin at 1 in a new epoch and go on where they were in a former one", async () => {
  const outbox = openOutbox(makeFolder());
  const sealOne = (epoch: number) => {
    outbox.add({ spans: [makeSpan()] });
    return outbox.seal(makeContext(epoch))?.seq;
  };
  expect([sealOne(1), sealOne(1), sealOne(2), sealOne(1)]).toEqual([1, 2, 1, 3]);
  expect(outbox.pending(9).map(({ epoch, seq }) => [epoch, seq])).toEqual([
    [1, 1],
    [1, 2],
    [1, 3],
    [2, 1],
  ]);
  await outbox.close();
});

test("a batch numbered by its maker is kept once; other content under its number is refused", async () => {
  const outbox = openOutbox(makeFolder());
  const sealed = sealBatch(makeBatch({ seq: 7 }));
  outbox.put(sealed);
  outbox.put(sealed);
  expect(outbox.counts().sealed).toBe(1);
  expect(outbox.pending(1)[0]?.bytes).toEqual(sealed.bytes);
  expect(() => outbox.put(sealBatch(makeBatch({ seq: 7, marks: [makeMark()] })))).toThrow(
    "other content",
  );
  await outbox.close();
});

test("full: the oldest sealed batches go, and the next new batch names them", async () => {
  const outbox = openOutbox(makeFolder(), { limits: { bytes: 1_000_000, events: 10 } });
  for (let n = 0; n < 14; n += 1) {
    outbox.add({ spans: [makeSpan()] });
    outbox.seal(makeContext());
  }
  const pending = outbox.pending(100);
  expect(pending.reduce((sum, { events }) => sum + events, 0)).toBeLessThanOrEqual(10);
  expect(pending.at(-1)?.seq).toBe(14);
  const told = pending.flatMap(({ bytes }) => read(bytes).gap ?? []);
  const named = [...told, ...outbox.counts().gaps];
  const lost = new Set(
    named.flatMap(({ fromSeq, toSeq }) =>
      Array.from({ length: toSeq - fromSeq + 1 }, (_, i) => fromSeq + i),
    ),
  );
  for (let seq = 1; seq <= 14; seq += 1)
    expect(lost.has(seq)).toBe(!pending.some((batch) => batch.seq === seq));
  expect(named.every(({ reason }) => reason === "full")).toBe(true);
  await outbox.close();
});

const gapOf = (sealed: { bytes: Uint8Array } | null) =>
  sealed ? read(sealed.bytes).gap : undefined;

test("the news of a loss survives the loss of its carrier, and travels alone when nothing else was recorded", async () => {
  const outbox = openOutbox(makeFolder(), { limits: { bytes: 1_000_000, events: 1 } });
  for (let n = 0; n < 3; n += 1) {
    outbox.add({ spans: [makeSpan()] });
    outbox.seal(makeContext());
  }
  const lost = { epoch: 1, fromSeq: 1, toSeq: 2, reason: "full" };
  const [carrier] = outbox.pending(9);
  expect(gapOf(carrier ?? null)).toEqual(lost);
  outbox.deadLetter(1, 3, { epoch: 1, seq: 3, status: "conflict" });
  const alone = outbox.seal(makeContext());
  expect(alone?.events).toBe(0);
  expect(gapOf(alone)).toEqual(lost);
  await outbox.close();
});

test("a gap the server refuses is not sent again for ever", async () => {
  const outbox = openOutbox(makeFolder(), { limits: { bytes: 1_000_000, events: 1 } });
  for (let n = 0; n < 2; n += 1) {
    outbox.add({ spans: [makeSpan()] });
    outbox.seal(makeContext());
  }
  expect(gapOf(outbox.pending(1)[0] ?? null)).toBeDefined();
  const refusals = [{ path: "gap.fromSeq", reason: "no" }];
  outbox.deadLetter(1, 2, { epoch: 1, seq: 2, status: "refused", refusals });
  const news = outbox.seal(makeContext());
  expect(gapOf(news)).toEqual({ epoch: 1, fromSeq: 2, toSeq: 2, reason: "refused" });
  outbox.deadLetter(1, 3, { epoch: 1, seq: 3, status: "refused", refusals });
  expect(outbox.seal(makeContext())).toBe(null);
  await outbox.close();
});

test("a batch the site refuses for good is told as a gap, and whether it came too late; one in conflict is not", async () => {
  const outbox = openOutbox(makeFolder());
  for (let seq = 1; seq <= 4; seq += 1) outbox.put(sealBatch(makeBatch({ seq })));
  const refuse = (seq: number, ...reasons: string[]) => {
    const refusals = reasons.map((reason) => ({ path: "spans.0.start", reason }));
    outbox.deadLetter(1, seq, { epoch: 1, seq, status: "refused", refusals });
  };
  refuse(1, "not in the charter");
  outbox.deadLetter(1, 2, { epoch: 1, seq: 2, status: "conflict" });
  refuse(3, "not in the charter", "too-late: older than the 14 days raw events are kept");
  refuse(4);
  expect(Array.from({ length: 4 }, () => gapOf(outbox.seal(makeContext())))).toEqual([
    { epoch: 1, fromSeq: 1, toSeq: 1, reason: "refused" },
    { epoch: 1, fromSeq: 3, toSeq: 3, reason: "too-late" },
    { epoch: 1, fromSeq: 4, toSeq: 4, reason: "refused" },
    undefined,
  ]);
  await outbox.close();
});

test("a site that refuses even the news of a loss gets it again, and what it refused before stays readable", async () => {
  const outbox = openOutbox(makeFolder());
  outbox.put(sealBatch(makeBatch()));
  for (let seq = 1; seq <= 5; seq += 1) {
    outbox.deadLetter(1, seq, { epoch: 1, seq, status: "refused" });
    expect(gapOf(outbox.seal(makeContext()))).toMatchObject({ fromSeq: 1, toSeq: 1 });
  }
  expect(outbox.readDeadLetters().map(({ seq }) => seq)).toEqual([1]);
  await outbox.close();
});

test("the last hundred refused batches stay readable, with what the server said", async () => {
  const outbox = openOutbox(makeFolder());
  for (let seq = 1; seq <= 103; seq += 1) {
    outbox.put(sealBatch(makeBatch({ seq })));
    outbox.deadLetter(1, seq, { epoch: 1, seq, status: "refused" });
  }
  const letters = outbox.readDeadLetters();
  expect(letters).toHaveLength(100);
  expect(letters[0]?.seq).toBe(4);
  expect(letters[0]?.ack?.status).toBe("refused");
  expect(outbox.counts()).toMatchObject({ sealed: 0, dead: 100 });
  await outbox.close();
});
