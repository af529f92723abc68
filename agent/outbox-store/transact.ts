import { type Ack, type Batch, type Gap, MAX_BATCH_BYTES, MAX_BATCH_EVENTS } from "#schema/batch";
import type { SealedBatch } from "../seal-batch.ts";
import type { DeadLetter } from "./dead-letter.ts";
import { unwrapEvent } from "./open-event.ts";
import type { Tables } from "./open-store.ts";
import { wrapJson } from "./record.ts";
import { gapInside, unwrapSealed, wrapSealed } from "./sealed-record.ts";
import { SIDECAR_EPOCHS, type Sidecar } from "./sidecar.ts";
import { addGap, type OutboxState, recordSeq } from "./state.ts";

/*
 * The parts of the outbox's transactions. Each changes tables and state together, and must be called inside a
 * transaction that stores the state afterwards.
 */

export interface OutboxLimits {
  bytes: number;
  events: number;
}

const MAX_DEAD_LETTERS = 100;
/** Room for the fields of a batch beside its events. */
const BATCH_FRAME_BYTES = 1024;

/** Adds records of open events. */
export function keepOpen(tables: Tables, state: OutboxState, records: readonly Buffer[]): void {
  for (const record of records) {
    tables.open.putSync(state.nextOpen, record);
    state.nextOpen += 1;
    state.open += 1;
    state.openBytes += record.length;
  }
}

/** Takes out the oldest open events, as many as fit into one batch; those that cannot be read count as lost. */
export function takeOpen(
  tables: Tables,
  state: OutboxState,
): Pick<Batch, "spans" | "marks" | "tallies"> {
  const taken: Pick<Batch, "spans" | "marks" | "tallies"> = { spans: [], marks: [], tallies: [] };
  let bytes = BATCH_FRAME_BYTES;
  for (const { key, value } of [...tables.open.getRange({ limit: MAX_BATCH_EVENTS })]) {
    bytes += value.length;
    if (bytes > MAX_BATCH_BYTES) break;
    tables.open.removeSync(key);
    state.open -= 1;
    state.openBytes -= value.length;
    const found = unwrapEvent(value);
    if (found?.type === "span") taken.spans.push(found.event);
    else if (found?.type === "mark") taken.marks.push(found.event);
    else if (found?.type === "tally") taken.tallies.push(found.event);
    else state.lostUnnumbered += 1;
  }
  return taken;
}

/** Adds a sealed batch; its number is used from now on. */
export function keepSealed(tables: Tables, state: OutboxState, sealed: SealedBatch): void {
  tables.sealed.putSync([sealed.epoch, sealed.seq], wrapSealed(sealed));
  state.sealed += 1;
  state.sealedBytes += sealed.bytes.length;
  state.sealedEvents += sealed.events;
  recordSeq(state, sealed.epoch, sealed.seq);
}

/** Takes out a sealed batch that is there; null when it is damaged. */
export function takeSealed(
  tables: Tables,
  state: OutboxState,
  epoch: number,
  seq: number,
): SealedBatch | null {
  const record = tables.sealed.get([epoch, seq]);
  tables.sealed.removeSync([epoch, seq]);
  const sealed = record === undefined ? null : unwrapSealed(record, epoch, seq);
  state.sealed -= 1;
  state.sealedBytes -= sealed?.bytes.length ?? 0;
  state.sealedEvents -= sealed?.events ?? 0;
  if (state.sealed === 0) {
    // What a damaged batch weighed is not known; with none left, nothing weighs.
    state.sealedBytes = 0;
    state.sealedEvents = 0;
  }
  return sealed;
}

/**
 * Full: the oldest sealed batches go first and are named in a gap; events that have no number yet go last and are
 * counted. The `keep` newest sealed batches stay.
 */
export function makeRoom(
  tables: Tables,
  state: OutboxState,
  limits: OutboxLimits,
  keep: number,
): void {
  const isFull = () =>
    state.openBytes + state.sealedBytes > limits.bytes ||
    state.open + state.sealedEvents > limits.events;
  while (isFull()) {
    const [oldest] = state.sealed > keep ? [...tables.sealed.getKeys({ limit: 1 })] : [];
    if (oldest) {
      const [epoch, seq] = oldest;
      tellGap(state, epoch, seq, "full", takeSealed(tables, state, epoch, seq));
      continue;
    }
    const [first] = state.open > 0 ? [...tables.open.getRange({ limit: 1 })] : [];
    if (!first) return;
    tables.open.removeSync(first.key);
    state.open -= 1;
    state.openBytes -= first.value.length;
    state.lostUnnumbered += 1;
  }
}

/**
 * Moves a batch to the dead letters; `ack` is null when it was damaged here. What was in it will never be at the
 * site, so its number is told as a gap; except on a conflict, where the site holds another batch of that number.
 */
export function buryBatch(
  tables: Tables,
  state: OutboxState,
  epoch: number,
  seq: number,
  ack: Ack | null,
): void {
  const lost = takeSealed(tables, state, epoch, seq);
  // A site that refuses everything refuses the news of it too: that must push no recorded event out of the letters.
  const isNewsOnly = lost !== null && lost.events === 0;
  if (!isNewsOnly) keepDeadLetter(tables, state, { epoch, seq, ack, text: textOf(lost) });
  if (ack === null) {
    tellGap(state, epoch, seq, "corrupt", null);
    return;
  }
  const carried = lost ? gapInside(lost.bytes) : undefined;
  const gapRefused = ack.refusals?.some(({ path }) => path.startsWith("gap")) ?? false;
  if (carried && !gapRefused) state.gaps = addGap(state.gaps, carried);
  if (ack.status === "refused" && !isNewsOnly) tellGap(state, epoch, seq, reasonOf(ack), null);
}

function keepDeadLetter(tables: Tables, state: OutboxState, letter: DeadLetter): void {
  tables.dead.putSync(state.nextDead, wrapJson(letter));
  tables.dead.removeSync(state.nextDead - MAX_DEAD_LETTERS);
  state.nextDead += 1;
  state.dead = Math.min(state.dead + 1, MAX_DEAD_LETTERS);
}

function textOf(sealed: SealedBatch | null): string {
  return sealed ? Buffer.from(sealed.bytes).toString("utf8") : "";
}

function reasonOf({ refusals }: Ack): Gap["reason"] {
  return refusals?.some(({ reason }) => reason.startsWith("too-late")) ? "too-late" : "refused";
}

/** Notes a lost batch; the news of another loss that it carried must travel with another one. */
function tellGap(
  state: OutboxState,
  epoch: number,
  seq: number,
  reason: Gap["reason"],
  lost: SealedBatch | null,
): void {
  const carried = lost ? gapInside(lost.bytes) : undefined;
  if (carried) state.gaps = addGap(state.gaps, carried);
  state.gaps = addGap(state.gaps, { epoch, fromSeq: seq, toSeq: seq, reason });
}

/** What the small file is to remember of this state. */
export function numbersOf(tables: Tables, state: OutboxState): Sidecar["numbers"] {
  return state.lastSeqs.slice(-SIDECAR_EPOCHS).map(({ epoch, seq }) => {
    const [waiting] = [
      ...tables.sealed.getKeys({ start: [epoch, 0], end: [epoch + 1, 0], limit: 1 }),
    ];
    const untold = state.gaps.filter((gap) => gap.epoch === epoch).map((gap) => gap.fromSeq);
    return { epoch, first: Math.min(waiting?.[1] ?? seq + 1, ...untold), last: seq };
  });
}
