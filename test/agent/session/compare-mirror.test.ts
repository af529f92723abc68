import { expect, test } from "vitest";
import { openOutbox } from "#agent/outbox";
import { CommittedStore } from "#agent/outbox-store/committed-store";
import { keepMirrored } from "#agent/outbox-store/mirror";
import { completeOptions } from "#agent/outbox-store/outbox-options";
import { readBatch, sealBatch } from "#agent/seal-batch";
import { compareMirror, type LeftBatch } from "#agent/session/compare-mirror";
import { formatIdentity } from "#schema/activity";
import type { ReceiptsQuery, StoredQuery, StoredReply } from "#schema/live";
import { formatTimestamp, millisecondsOf } from "#schema/time";
import { makeBatch, makeMark, makeSpan } from "../factories.ts";
import { makeFolder } from "../folder.ts";
import { makeManualClock } from "../manual-clock.ts";

const BEGIN = Date.parse("2026-11-25T08:30:00.000Z");

/** A batch of two events, fifteen seconds after the one before. */
function makeLeft(seq: number) {
  const start = BEGIN + seq * 15_000;
  const times = { start: formatTimestamp(start, 60), end: formatTimestamp(start + 15_000, 60) };
  const marks = [makeMark({ at: times.start })];
  const sealedAt = times.end;
  return sealBatch(
    makeBatch({ seq, sealedAt, spans: [makeSpan({ ...times, task: String(seq) })], marks }),
  );
}

/** A site that holds just these batches. */
function makeSite(batches: readonly LeftBatch[]) {
  const read = batches.flatMap(({ bytes, sha256 }) => {
    const batch = readBatch(bytes);
    return batch ? [{ batch, sha256 }] : [];
  });
  const noted = new Map(read.map(({ batch, sha256 }) => [batch.seq, sha256]));
  const asked = { receipts: 0, stored: 0 };
  return {
    noted,
    asked,
    readReceipts: async ({ batches: named }: ReceiptsQuery) => {
      asked.receipts += 1;
      return { sha256: named.map(({ seq }) => noted.get(seq) ?? null) };
    },
    readStored: async (query: StoredQuery): Promise<StoredReply> => {
      asked.stored += 1;
      const [from, to] = [millisecondsOf(query.from), millisecondsOf(query.to)];
      const isInside = (time: string) => millisecondsOf(time) >= from && millisecondsOf(time) < to;
      const inside = read.filter(({ batch }) => isInside(batch.spans[0]?.start ?? ""));
      return {
        spans: inside.flatMap(({ batch }) =>
          batch.spans.map((span, index) => ({ ...span, id: formatIdentity(batch, index) })),
        ),
        marks: inside.flatMap(({ batch }) =>
          batch.marks.map((mark, index) => ({ ...mark, id: formatIdentity(batch, index + 1) })),
        ),
        tallies: [],
      };
    },
  };
}

test("each batch is compared by the hash the site noted, and each event by all its fields", async () => {
  const left = [1, 2, 3].map(makeLeft);
  const site = makeSite(left);
  site.noted.set(1, "0".repeat(64));
  site.noted.delete(2);
  const ask = {
    readReceipts: site.readReceipts,
    readStored: async (query: StoredQuery) => {
      const { spans, marks, tallies } = await site.readStored(query);
      return { spans: spans.map((span) => ({ ...span, label: "changed" })), marks, tallies };
    },
  };
  const found = await compareMirror(left, ask);
  expect(
    found.map(({ seq, siteSha256, eventsSame, same }) => [seq, siteSha256, eventsSame, same]),
  ).toEqual([
    [1, "0".repeat(64), 1, false],
    [2, null, 1, false],
    [3, left[2]?.sha256, 1, false],
  ]);
  const same = await compareMirror(left.slice(2), site);
  expect(same).toMatchObject([{ seq: 3, events: 2, eventsSame: 2, same: true }]);
});

test("a day that left in 5,760 batches is compared without holding up anything else", {
  timeout: 60_000,
}, async () => {
  const folder = makeFolder();
  const clock = makeManualClock(BEGIN);
  const left = Array.from({ length: 5_760 }, (_, n) => makeLeft(n + 1));
  const store = new CommittedStore(folder, completeOptions({ clock }));
  store.commit((change) => {
    for (const batch of left) keepMirrored(change, batch, BEGIN + batch.seq, 1e9);
  });
  await store.close();
  const outbox = openOutbox(folder, { clock });
  const site = makeSite(left);

  // Time of this process alone: others run on this machine as well.
  const turns: number[] = [];
  let isOver = false;
  let before = process.cpuUsage();
  const look = () => {
    const { user, system } = process.cpuUsage(before);
    turns.push((user + system) / 1000);
    before = process.cpuUsage();
    if (!isOver) setImmediate(look);
  };
  setImmediate(look);
  const found = await compareMirror(outbox.readMirrorBatches(), site);
  isOver = true;
  look();
  expect(found.filter(({ same }) => same)).toHaveLength(5_760);
  expect(found[0]?.seq).toBe(5_760);
  expect(Math.max(...turns)).toBeLessThan(200);
  expect(site.asked.receipts).toBeLessThan(20);
  await outbox.close();
});

test("what goes from the mirror while it is compared is passed over", async () => {
  const clock = makeManualClock(BEGIN);
  const outbox = openOutbox(makeFolder(), { clock });
  for (const batch of [makeLeft(1), makeLeft(2)]) {
    outbox.put(batch);
    outbox.settle(1, batch.seq);
    clock.advance(60_000);
  }
  const batches = outbox.readMirrorBatches()[Symbol.iterator]();
  expect(batches.next().value).toMatchObject({ seq: 2 });
  clock.advance(86_400_000 - 60_000);
  outbox.prune({ now: clock.now(), siteNow: null, rawDays: 14 });
  expect(batches.next()).toEqual({ done: true, value: undefined });
  await outbox.close();
});
