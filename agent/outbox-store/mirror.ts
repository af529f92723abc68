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
  for (const key of [...tables.mirror.getKeys()]) {
    if (state.mirrorBytes <= maxBytes) return;
    dropMirrored(change, key);
  }
}

/** Drops what left more than a day ago, also by a clock that ran ahead. @returns how many batches */
export function pruneMirror(change: Change, now: number): number {
  const old = [...change.tables.mirror.getKeys()].filter(
    ([takenAt]) => Math.abs(now - takenAt) > MIRROR_MS,
  );
  for (const key of old) dropMirrored(change, key);
  return old.length;
}

function dropMirrored({ tables, state }: Change, key: MirrorKey): void {
  state.mirrorBytes -= tables.mirror.get(key)?.length ?? 0;
  state.mirror -= 1;
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
  for (const key of [...tables.mirror.getKeys({ reverse: true })]) {
    if (key[1] !== epoch || key[2] !== seq) continue;
    const record = tables.mirror.get(key);
    return record === undefined ? null : unwrapSealed(record, epoch, seq);
  }
  return null;
}
