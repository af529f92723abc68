import type { Ack, Batch } from "#schema/batch";
import { type CharterInForce, charterInForce } from "#schema/live";
import { hashFile } from "./outbox-store/check-store.ts";
import { type DeadLetter, deadLetter } from "./outbox-store/dead-letter.ts";
import { type OpenEvents, wrapEvents } from "./outbox-store/open-event.ts";
import { type OutboxLoss, openStore } from "./outbox-store/open-store.ts";
import { unwrapJson, wrapJson } from "./outbox-store/record.ts";
import { unwrapSealed } from "./outbox-store/sealed-record.ts";
import type { Sidecar } from "./outbox-store/sidecar.ts";
import { lastSeqOf, type OutboxState } from "./outbox-store/state.ts";
import {
  buryBatch,
  keepOpen,
  keepSealed,
  makeRoom,
  numbersOf,
  type OutboxLimits,
  takeOpen,
  takeSealed,
} from "./outbox-store/transact.ts";
import { type SealedBatch, sealBatch } from "./seal-batch.ts";

/** Two weeks of a busy desk are about 20 MB and 80,000 events. */
const defaultLimits: OutboxLimits = { bytes: 64 * 1024 * 1024, events: 500_000 };

export interface SealContext {
  workstation: string;
  epoch: number;
  /** sha256 of the charter under which the events were recorded. */
  charter: string;
  sealedAt: string;
}

export interface OutboxOptions {
  limits?: OutboxLimits;
  now?: () => number;
  /** Told, in plain words, of what goes wrong with the store itself while the agent runs. */
  onLoss?: (message: string) => void;
}

/**
 * Opens (or begins) the outbox of a folder. Every call that changes it returns after the change is on disk
 * (one fdatasync per call) and throws, changing nothing, when the disk refuses. See `loss` for what was not readable.
 * @throws when the store cannot be checked now; then nothing was moved or lost
 */
export function openOutbox(folder: string, options: OutboxOptions = {}): Outbox {
  return new Outbox(folder, options);
}

/** The durable queue between recording and server. Owns an LMDB environment; one process, one instance a folder. */
export class Outbox {
  readonly loss: OutboxLoss | null;
  readonly #store: ReturnType<typeof openStore>;
  readonly #limits: OutboxLimits;
  readonly #onLoss: (message: string) => void;
  readonly #listeners = new Set<() => void>();
  #state: OutboxState;

  constructor(folder: string, options: OutboxOptions) {
    this.#limits = options.limits ?? defaultLimits;
    this.#onLoss = options.onLoss ?? (() => {});
    this.#store = openStore(folder, options.now ?? Date.now);
    this.#state = this.#store.state;
    this.loss = this.#store.loss;
    this.#commit(() => {});
  }

  get epoch(): number | null {
    return this.#state.epoch;
  }

  /** The highest number given out in the current epoch; 0 when none was. */
  get lastSeq(): number {
    return this.#state.epoch === null ? 0 : lastSeqOf(this.#state, this.#state.epoch);
  }

  add(event: OpenEvents): void {
    this.addAll(event);
  }

  /** Keeps events, and with them, in the same transaction, a small note of the caller's own. */
  addAll(events: OpenEvents, note?: unknown): void {
    const records = wrapEvents(events);
    if (records.length === 0 && note === undefined) return;
    this.#commit((state) => {
      keepOpen(this.#store.tables, state, records);
      if (note !== undefined) this.#store.tables.state.putSync("note", wrapJson(note));
      makeRoom(this.#store.tables, state, this.#limits, 0);
    });
  }

  /** The caller's note as last stored; undefined when there is none. */
  readNote(): unknown {
    const record = this.#store.tables.state.get("note");
    return record === undefined ? undefined : unwrapJson(record);
  }

  /** From now on batches are numbered in this epoch. Numbers given out in it before stay used. */
  adoptEpoch(epoch: number): void {
    if (this.#state.epoch === epoch) return;
    this.#commit((state) => {
      state.epoch = epoch;
    });
  }

  /** The charter last received, so that recording can go on under it without a server. */
  readCharter(): CharterInForce | null {
    const record = this.#store.tables.state.get("charter");
    if (record === undefined) return null;
    const parsed = charterInForce.safeParse(unwrapJson(record));
    return parsed.success ? parsed.data : null;
  }

  adoptCharter(charter: CharterInForce): void {
    if (this.readCharter()?.sha256 === charter.sha256) return;
    this.#commit(() => this.#store.tables.state.putSync("charter", wrapJson(charter)));
  }

  /**
   * Moves open events, as many as fit into one batch, into a sealed batch with the next number. A loss still to be
   * told rides along, if need be in a batch of its own.
   * @returns null when there is nothing to seal
   */
  seal(context: SealContext): SealedBatch | null {
    if (this.#state.open === 0 && this.#state.gaps.length === 0) return null;
    const sealed = this.#commit((state) => {
      state.epoch = context.epoch;
      const taken = takeOpen(this.#store.tables, state);
      const gap = state.gaps.shift();
      if (taken.spans.length + taken.marks.length + taken.tallies.length === 0 && !gap) return null;
      const seq = lastSeqOf(state, context.epoch) + 1;
      const batch: Batch = { ...context, seq, ...taken, ...(gap && { gap }) };
      const made = sealBatch(batch);
      keepSealed(this.#store.tables, state, made);
      makeRoom(this.#store.tables, state, this.#limits, 1);
      return made;
    });
    if (sealed) this.#tellListeners();
    return sealed;
  }

  /**
   * Keeps a batch that its maker has numbered. The same bytes again change nothing.
   * @throws when other bytes wait under that number
   */
  put(sealed: SealedBatch): void {
    const pending = this.#store.tables.sealed.get([sealed.epoch, sealed.seq]);
    if (pending !== undefined) {
      if (unwrapSealed(pending, sealed.epoch, sealed.seq)?.sha256 === sealed.sha256) return;
      throw new Error(`batch ${sealed.epoch}/${sealed.seq} is pending with other content`);
    }
    this.#commit((state) => {
      keepSealed(this.#store.tables, state, sealed);
      makeRoom(this.#store.tables, state, this.#limits, 1);
    });
    this.#tellListeners();
  }

  /** Sealed batches, oldest first, each verified; a damaged one is moved aside and becomes a gap. */
  pending(limit: number, skip: (epoch: number, seq: number) => boolean = () => false) {
    const found: SealedBatch[] = [];
    const damaged: [number, number][] = [];
    const { sealed } = this.#store.tables;
    for (const [epoch, seq] of sealed.getKeys({ snapshot: false })) {
      if (found.length >= limit) break;
      if (skip(epoch, seq)) continue;
      const record = sealed.get([epoch, seq]);
      const batch = record === undefined ? null : unwrapSealed(record, epoch, seq);
      if (batch) found.push(batch);
      else damaged.push([epoch, seq]);
    }
    for (const [epoch, seq] of damaged) this.#bury(epoch, seq, null);
    return found;
  }

  /** Forgets a batch the server holds. False when it was not pending. */
  settle(epoch: number, seq: number): boolean {
    if (this.#store.tables.sealed.get([epoch, seq]) === undefined) return false;
    this.#commit((state) => takeSealed(this.#store.tables, state, epoch, seq));
    return true;
  }

  /** Moves a batch the server will never take to the dead letters, where its owner can read it. */
  deadLetter(epoch: number, seq: number, ack: Ack): void {
    if (this.#store.tables.sealed.get([epoch, seq]) !== undefined) this.#bury(epoch, seq, ack);
  }

  /** The last hundred batches that could not be delivered, oldest first. */
  readDeadLetters(): DeadLetter[] {
    const letters: DeadLetter[] = [];
    for (const { value } of this.#store.tables.dead.getRange()) {
      const parsed = deadLetter.safeParse(unwrapJson(value));
      if (parsed.success) letters.push(parsed.data);
    }
    return letters;
  }

  /** How much waits here. */
  counts() {
    const { open, sealed, sealedEvents, dead, gaps, lostUnnumbered } = this.#state;
    const bytes = this.#state.openBytes + this.#state.sealedBytes;
    const oldest = this.#state.sealed > 0 ? this.pending(1)[0] : undefined;
    const oldestSealedAt = oldest?.sealedAt ?? null;
    return {
      open,
      sealed,
      sealedEvents,
      bytes,
      dead,
      gaps: [...gaps],
      lostUnnumbered,
      oldestSealedAt,
    };
  }

  /** Calls back after each newly sealed batch; the result ends that. */
  onSealed(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Closes in good order: the next start needs no check. */
  async close(): Promise<void> {
    const { tables, sidecar, path } = this.#store;
    await tables.root.close();
    const cleanFile = hashFile(path);
    this.#tryMark(() => sidecar.write({ ...this.#numbers, cleanFile }));
    this.#tryMark(() => sidecar.close());
  }

  #numbers: Sidecar = { begun: true, cleanFile: null, numbers: [] };

  /** One transaction, on disk when this returns; the state and the small file follow it. */
  #commit<T>(change: (state: OutboxState) => T): T {
    const { tables, sidecar } = this.#store;
    const state = structuredClone(this.#state);
    const result = tables.root.transactionSync(() => {
      const made = change(state);
      tables.state.putSync("state", wrapJson(state));
      return made;
    });
    this.#state = state;
    this.#numbers = { begun: true, cleanFile: null, numbers: numbersOf(tables, state) };
    this.#tryMark(() => sidecar.write(this.#numbers));
    return result;
  }

  /** The change is on disk by now, and the small file may lag behind: to fail here would have it made twice. */
  #tryMark(task: () => void): void {
    try {
      task();
    } catch (error) {
      const reason = error instanceof Error && "code" in error ? String(error.code) : "no reason";
      this.#onLoss(
        `The file outbox.mark could not be written (${reason}). Nothing recorded is lost by that, but a damage of the outbox might go unnoticed. Free some space.`,
      );
    }
  }

  #bury(epoch: number, seq: number, ack: Ack | null): void {
    this.#commit((state) => buryBatch(this.#store.tables, state, epoch, seq, ack));
    if (ack === null)
      this.#onLoss(`Batch ${epoch}/${seq} was damaged on disk; it is told as lost and never sent.`);
  }

  #tellListeners(): void {
    for (const listener of this.#listeners) listener();
  }
}
