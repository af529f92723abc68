import { cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openOutbox } from "#agent/outbox";
import { makeContext, makeSpan } from "./factories.ts";
import { makeFolder } from "./folder.ts";
import { makeManualClock } from "./manual-clock.ts";

const encryptionKey = Buffer.alloc(32, 0xa7);

/** An outbox with the label in every table: open, sealed, sent, left, refused, and in the note. */
async function makeSecret() {
  const folder = makeFolder();
  const outbox = openOutbox(folder, { encryptionKey, clock: makeManualClock() });
  const spans = [makeSpan({ label: "Kestrel" })];
  for (let n = 0; n < 3; n += 1) {
    outbox.add({ spans });
    outbox.seal(makeContext());
  }
  outbox.settle(1, 1);
  outbox.deadLetter(1, 2, { epoch: 1, seq: 2, status: "refused" });
  outbox.addAll({ spans }, { open: "Kestrel" });
  return { folder, outbox };
}

const isReadable = (folder: string) =>
  readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes("Kestrel"));

test("with a key nothing of what was recorded can be read on the disk, and with it everything can", async () => {
  const { folder, outbox } = await makeSecret();
  expect(isReadable(folder)).toBe(false);
  await outbox.close();
  expect(isReadable(folder)).toBe(false);
  const again = openOutbox(folder, { encryptionKey });
  expect(again.loss).toBe(null);
  expect(again.counts()).toMatchObject({ open: 1, sealed: 1, dead: 1, mirror: 1 });
  expect(again.listOpen(9).map(({ event }) => event)).toEqual([makeSpan({ label: "Kestrel" })]);
  expect(again.readNote()).toEqual({ open: "Kestrel" });
  await again.close();
});

test("after a crash the encrypted outbox is checked and goes on; a deletion rewrites it encrypted", async () => {
  const { folder, outbox } = await makeSecret();
  const copy = makeFolder();
  cpSync(folder, copy, { recursive: true });
  await outbox.close();
  const again = openOutbox(copy, { encryptionKey, clock: makeManualClock() });
  expect(again.loss).toBe(null);
  const from = Date.parse("2026-11-25T08:30:00.000Z");
  expect(again.deleteWindow(from, from + 60_000)).toMatchObject({ cut: 2, alreadySent: 1 });
  expect(isReadable(copy)).toBe(false);
  await again.close();
  const third = openOutbox(copy, { encryptionKey });
  expect([third.loss, third.counts().open]).toEqual([null, 2]);
  await third.close();
});

test("with another key, or none, the outbox stays shut and whole", async () => {
  const { folder, outbox } = await makeSecret();
  await outbox.close();
  const before = readFileSync(join(folder, "outbox.mdb"));
  for (const options of [{ encryptionKey: Buffer.alloc(32, 1) }, {}])
    expect(() => openOutbox(folder, options)).toThrow("belongs to another key");
  expect(readFileSync(join(folder, "outbox.mdb")).equals(before)).toBe(true);
  expect(readdirSync(folder).filter((name) => name.includes("damaged"))).toEqual([]);
  const again = openOutbox(folder, { encryptionKey });
  expect(again.counts().open).toBe(1);
  await again.close();
});

test("without the small file beside it the encrypted outbox is checked with its key and opened", async () => {
  const { folder, outbox } = await makeSecret();
  await outbox.close();
  rmSync(join(folder, "outbox.mark"));
  const again = openOutbox(folder, { encryptionKey });
  expect([again.loss, again.counts().sealed]).toEqual([null, 1]);
  await again.close();
});
