import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openOutbox } from "#agent/outbox";
import { checkStore } from "#agent/outbox-store/check-store";
import { type Batch, batch as batchSchema } from "#schema/batch";
import { makeContext, makeSpan } from "./factories.ts";
import { makeFolder } from "./folder.ts";
import { canFillDisk, fillDiskUnder } from "./full-disk.ts";
import { makeManualClock } from "./manual-clock.ts";

const read = (bytes: Uint8Array): Batch =>
  batchSchema.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));

/** Changes one bit wherever `text` stands in a file. */
function damageAt(file: string, text: string): void {
  const bytes = readFileSync(file);
  let at = bytes.indexOf(text);
  expect(at).toBeGreaterThan(0);
  for (; at !== -1; at = bytes.indexOf(text)) bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(file, bytes);
}

test("a batch damaged on disk is never sent: it moves aside and is told as a gap", async () => {
  const folder = makeFolder();
  const first = openOutbox(folder);
  for (let n = 1; n <= 3; n += 1) {
    first.add({ spans: [makeSpan({ task: `case-${n}` })] });
    first.seal(makeContext());
  }
  await first.close();
  damageAt(join(folder, "outbox.mdb"), "case-2");
  const told: string[] = [];
  const second = openOutbox(folder, { onLoss: (message) => told.push(message) });
  expect(second.pending(9).map(({ seq }) => seq)).toEqual([1, 3]);
  expect(told).toHaveLength(1);
  const next = second.seal(makeContext());
  expect(next?.seq).toBe(4);
  expect(read(next?.bytes ?? new Uint8Array()).gap).toEqual({
    epoch: 1,
    fromSeq: 2,
    toSeq: 2,
    reason: "corrupt",
  });
  await second.close();
});

/** An outbox with three sealed batches, the first acknowledged, closed in good order. */
async function makeUsedFolder(): Promise<string> {
  const folder = makeFolder();
  const outbox = openOutbox(folder);
  outbox.adoptEpoch(1);
  for (let n = 1; n <= 3; n += 1) {
    outbox.add({ spans: Array.from({ length: 50 }, () => makeSpan({ task: `case-${n}` })) });
    outbox.seal(makeContext());
  }
  outbox.settle(1, 1);
  await outbox.close();
  return folder;
}

const damages: [string, (file: string) => void][] = [
  ["cut short", (file) => truncateSync(file, 5000)],
  ["emptied", (file) => truncateSync(file, 0)],
  ["gone", (file) => rmSync(file)],
  ["overwritten with zeros", (file) => writeFileSync(file, Buffer.alloc(statSync(file).size))],
  ["another file", (file) => writeFileSync(file, "not an outbox at all")],
];
test.each(damages)(
  "an outbox file that is %s is kept aside, begun anew, and the loss is told",
  async (_name, damage) => {
    const folder = await makeUsedFolder();
    damage(join(folder, "outbox.mdb"));
    const outbox = openOutbox(folder, { clock: makeManualClock() });
    expect(outbox.loss?.gaps).toEqual([{ epoch: 1, fromSeq: 2, toSeq: 3, reason: "corrupt" }]);
    expect(outbox.epoch).toBe(null);
    const { movedTo } = outbox.loss ?? {};
    if (movedTo) expect(readdirSync(folder)).toContain("outbox.mdb.damaged-2026-11-25T08-30-00");
    outbox.add({ spans: [makeSpan()] });
    const sealed = outbox.seal(makeContext(1));
    expect(sealed?.seq).toBe(4);
    expect(read(sealed?.bytes ?? new Uint8Array()).gap).toEqual({
      epoch: 1,
      fromSeq: 2,
      toSeq: 3,
      reason: "corrupt",
    });
    await outbox.close();
  },
);

test("random damage: the agent starts, sends nothing altered, and whatever is missing is told", {
  timeout: 120_000,
}, async () => {
  const seed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000);
  let random = seed;
  const draw = (limit: number) => {
    random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
    return random % limit;
  };
  for (let round = 0; round < 30; round += 1) {
    const folder = await makeUsedFolder();
    const file = join(folder, "outbox.mdb");
    const hashes = new Map<number, string>();
    const whole = openOutbox(folder);
    for (const { seq, sha256 } of whole.pending(9)) hashes.set(seq, sha256);
    await whole.close();
    const bytes = readFileSync(file);
    const at = draw(bytes.length);
    if (round % 3 === 0) bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << draw(8)), at);
    else if (round % 3 === 1) bytes.fill(0, at & ~4095, (at & ~4095) + 4096);
    writeFileSync(file, round % 3 === 2 ? bytes.subarray(0, at) : bytes);
    const outbox = openOutbox(folder);
    const there = outbox.pending(9);
    for (const { seq, sha256 } of there) expect(sha256, `seed ${seed}`).toBe(hashes.get(seq));
    const sealed = outbox.seal(makeContext(outbox.epoch ?? 1));
    const gap = sealed ? read(sealed.bytes).gap : undefined;
    for (const seq of hashes.keys()) {
      const isTold = gap !== undefined && gap.fromSeq <= seq && seq <= gap.toSeq;
      expect(
        there.some((batch) => batch.seq === seq) || isTold,
        `seed ${seed} round ${round}`,
      ).toBe(true);
    }
    expect(outbox.lastSeq).toBeGreaterThanOrEqual(3);
    await outbox.close();
  }
});

test("a store that cannot be checked now is left as it is, and opens whole the next time", async () => {
  const folder = await makeUsedFolder();
  // As after a crash: the small file does not say that the store was closed in good order.
  rmSync(join(folder, "outbox.mark"));
  const before = readFileSync(join(folder, "outbox.mdb"));
  const node = process.execPath;
  process.execPath = join(folder, "no-such-program");
  try {
    expect(() => openOutbox(folder)).toThrow("could not check it now. Nothing was changed or lost");
  } finally {
    process.execPath = node;
  }
  expect(readFileSync(join(folder, "outbox.mdb")).equals(before)).toBe(true);
  expect(readdirSync(folder).filter((name) => name.includes("damaged"))).toEqual([]);
  const outbox = openOutbox(folder);
  expect([outbox.loss, outbox.pending(9).map(({ seq }) => seq)]).toEqual([null, [2, 3]]);
  await outbox.close();
});

test("a check that takes too long decides nothing about the store", async () => {
  const path = join(await makeUsedFolder(), "outbox.mdb");
  expect(checkStore(path, null, 1)).toBe("undecided");
  expect(checkStore(path, null)).toBe("sound");
  truncateSync(path, 5000);
  expect(checkStore(path, null)).toBe("damaged");
});

test("an outbox folder put back from an older copy does not use its numbers again", async () => {
  const folder = await makeUsedFolder();
  const mark = readFileSync(join(folder, "outbox.mark"));
  rmSync(join(folder, "outbox.mark"));
  const older = openOutbox(folder);
  expect(older.loss).toBe(null);
  await older.close();
  const copy = readFileSync(join(folder, "outbox.mdb"));
  writeFileSync(join(folder, "outbox.mark"), mark);
  const outbox = openOutbox(folder);
  outbox.add({ spans: [makeSpan()] });
  outbox.seal(makeContext());
  await outbox.close();
  writeFileSync(join(folder, "outbox.mdb"), copy);
  const restored = openOutbox(folder);
  restored.add({ spans: [makeSpan()] });
  const sealed = restored.seal(makeContext());
  expect(sealed?.seq).toBe(5);
  expect(read(sealed?.bytes ?? new Uint8Array()).gap).toEqual({
    epoch: 1,
    fromSeq: 4,
    toSeq: 4,
    reason: "corrupt",
  });
  await restored.close();
});

test("events kept while the small file beside the outbox cannot be written are kept once, and the trouble is told", async ({
  skip,
}) => {
  skip(!canFillDisk, "fills a disk with /dev/full, which is Linux's");
  const folder = makeFolder();
  const told: string[] = [];
  const outbox = openOutbox(folder, { onLoss: (message) => told.push(message) });
  fillDiskUnder(join(folder, "outbox.mark"));
  outbox.addAll({ spans: [makeSpan({ task: "1" })] });
  expect(told).toEqual([expect.stringContaining("outbox.mark could not be written (ENOSPC)")]);
  expect(outbox.counts().open).toBe(1);
  const sealed = outbox.seal(makeContext());
  expect(read(sealed?.bytes ?? new Uint8Array()).spans).toHaveLength(1);
  await outbox.close();
  const next = openOutbox(folder);
  expect([next.loss, next.pending(9).length]).toEqual([null, 1]);
  await next.close();
});

test("only the owner can read the folder's files", async () => {
  const folder = await makeUsedFolder();
  if (process.platform === "win32") return;
  for (const name of ["outbox.mdb", "outbox.mark"]) {
    expect(existsSync(join(folder, name))).toBe(true);
    expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  }
});
