import { DAY_MS, formatTimestamp, offsetMinutesOf } from "#schema/time";
import type { Mirrored } from "../control/held.ts";
import type { SealedBatch } from "../seal-batch.ts";
import type { Change } from "./change.ts";
import { peekSealed, unwrapSealed, wrapSealed } from "./sealed-record.ts";
import type { MirrorKey, Tables } from "./tables.ts";

/** How long what left can be looked at here. */
const MIRROR_MS = DAY_MS;

/** Keeps a batch the site has taken, for its owner to read; what is older than a day or too much goes. */
export function keepMirrored(
  change: Change,
  sealed: SealedBatch,
  takenAt: number,
  maxBytes: number,
): void {
  if (maxBytes === 0) return;
  const { tables, state } = change;
  const record = wrapSealed(sealed);
  tables.mirror.putSync([takenAt, sealed.epoch, sealed.seq], record);
  state.mirror += 1;
  state.mirrorBytes += record.length;
  pruneMirror(change, takenAt);
  while (state.mirrorBytes > maxBytes) {
    const [oldest] = [...tables.mirror.getKeys({ limit: 1 })];
    if (oldest === undefined) return;
    dropMirrored(change, oldest);
  }
}

/** Drops what left more than a day ago by this machine's clock, also one that ran ahead. @returns how many batches */
export function pruneMirror(change: Change, now: number): number {
  const { mirror } = change.tables;
  const old: MirrorKey[] = [];
  // In order of time, so that what is to stay is not read.
  for (const reverse of [false, true])
    for (const key of mirror.getKeys({ reverse })) {
      const age = now - key[0];
      if (reverse ? age >= -MIRROR_MS : age <= MIRROR_MS) break;
      old.push(key);
    }
  for (const key of old) dropMirrored(change, key);
  return old.length;
}

function dropMirrored({ tables, state }: Change, key: MirrorKey): void {
  state.mirrorBytes -= tables.mirror.get(key)?.length ?? 0;
  state.mirror -= 1;
  state.unwiped = true;
  tables.mirror.removeSync(key);
}

/** What left in the last day, newest first. */
export function listMirror(tables: Tables): Mirrored[] {
  const left: Mirrored[] = [];
  for (const { key, value } of tables.mirror.getRange({ reverse: true })) {
    const header = peekSealed(value);
    if (header === null) continue;
    const { epoch, seq, sha256, events, sealedAt, size } = header;
    const takenAt = formatTimestamp(key[0], offsetMinutesOf(sealedAt));
    left.push({ epoch, seq, sha256, events, bytes: size, sealedAt, takenAt });
  }
  return left;
}

/** A batch that left, its very bytes, verified; null when it is not kept any more. */
export function readMirrored(tables: Tables, epoch: number, seq: number): SealedBatch | null {
  for (const key of tables.mirror.getKeys({ reverse: true, snapshot: false })) {
    if (key[1] !== epoch || key[2] !== seq) continue;
    return readAt(tables, key);
  }
  return null;
}

/**
 * All that can be read of what left in the last day, newest first, each read when it is asked for: between two the
 * store may change, and what has gone by then is passed over.
 */
export function* readMirrorBatches(store: { tables: Tables }): Iterable<SealedBatch> {
  for (const key of [...store.tables.mirror.getKeys({ reverse: true })]) {
    const left = readAt(store.tables, key);
    if (left) yield left;
  }
}

function readAt({ mirror }: Tables, key: MirrorKey): SealedBatch | null {
  const record = mirror.get(key);
  return record === undefined ? null : unwrapSealed(record, key[1], key[2]);
}
