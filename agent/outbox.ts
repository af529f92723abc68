import type { Ack } from "#schema/batch";
import type { CharterInForce } from "#schema/live";
import type { Correction, Deletion, Mirrored } from "./control/held.ts";
import { buryBatch } from "./outbox-store/bury-batch.ts";
import { CommittedStore } from "./outbox-store/committed-store.ts";
import type { Corrected } from "./outbox-store/correct-event.ts";
import { correctHeld } from "./outbox-store/correct-held.ts";
import { makeWaitingCounter } from "./outbox-store/count-waiting.ts";
import { type DeadLetter, readDeadLetters } from "./outbox-store/dead-letter.ts";
import { deleteWindow } from "./outbox-store/delete-window.ts";
import { keepCharter, keepNote, readCharter, readNote } from "./outbox-store/documents.ts";
import type { EventsAtSite } from "./outbox-store/find-doubles.ts";
import { openHeldTime } from "./outbox-store/held-time.ts";
import { makeRoom } from "./outbox-store/make-room.ts";
import {
  keepMirrored,
  listMirror,
  readMirrorBatches,
  readMirrored,
} from "./outbox-store/mirror.ts";
import { listEvents, type OpenEvents } from "./outbox-store/open-event.ts";
import { chooseReady, keepOpen, listOpen, type OpenEvent } from "./outbox-store/open-queue.ts";
import type { OutboxLoss } from "./outbox-store/open-store.ts";
import { completeOptions, type OutboxOptions } from "./outbox-store/outbox-options.ts";
import { type Pruned, type PruneTimes, pruneStore } from "./outbox-store/prune-store.ts";
import { readPending } from "./outbox-store/read-pending.ts";
import { type CopyMet, renumberBatch } from "./outbox-store/renumber.ts";
import { type SealContext, sealChosen } from "./outbox-store/seal-open.ts";
import {
  isNumberedHere,
  isSent,
  keepSealed,
  keepSentMark,
  type ListedBatch,
  listSealed,
  takeSealed,
  waitsAlready,
} from "./outbox-store/sealed-queue.ts";
import { lastSeqOf } from "./outbox-store/state.ts";
import type { SealedBatch } from "./seal-batch.ts";

/**
 * Opens (or begins) the outbox of a folder. Every call that changes it returns after the change is on disk
 * (one fdatasync per call) and throws, changing nothing, when the disk refuses. See `loss` for what was not readable.
 * @throws when the store cannot be checked now or the key is another one; then nothing was moved or lost
 */
export function openOutbox(folder: string, options: OutboxOptions = {}): Outbox {
  return new Outbox(folder, options);
}

/** The durable queue between recording and server. Owns an LMDB environment; one process, one instance a folder. */
export class Outbox {
  readonly loss: OutboxLoss | null;
  readonly #store: CommittedStore;
  readonly #options: ReturnType<typeof completeOptions>;
  readonly #held: ReturnType<typeof openHeldTime>;
  readonly #listeners = new Set<() => void>();
  readonly #copy: CopyMet = { seqs: new Set(), identities: new Set() };
  /** sha256 of the charter events are recorded under. */
  #charter: string | undefined;
  /** How much waits here. */
  readonly counts: ReturnType<typeof makeWaitingCounter>;

  constructor(folder: string, options: OutboxOptions) {
    this.#options = completeOptions(options);
    this.#store = new CommittedStore(folder, this.#options);
    this.#held = openHeldTime(this.#store, this.#options.clock);
    this.loss = this.#store.loss;
    this.counts = makeWaitingCounter(this.#store);
    this.#charter = this.readCharter()?.sha256;
  }

  /** What was deleted or corrected may still stand on the disk; `prune` and the next start try again to wipe it. */
  get unwiped(): boolean {
    return this.#store.isWipeOverdue;
  }

  get epoch(): number | null {
    return this.#store.state.epoch;
  }

  /** The highest number given out in the current epoch; 0 when none was. */
  get lastSeq(): number {
    return this.epoch === null ? 0 : lastSeqOf(this.#store.state, this.epoch);
  }

  add(event: OpenEvents): void {
    this.addAll(event);
  }

  /** Keeps events, and with them, in the same transaction, a small note of the caller's own. */
  addAll(events: OpenEvents, note?: unknown): void {
    const added = listEvents(events);
    if (added.length === 0 && note === undefined) return;
    const held = this.#held.moment();
    this.#store.commit((change) => {
      change.state.held = held;
      keepOpen(change, added, { at: held.hold, charter: this.#charter });
      if (note !== undefined) keepNote(change, note);
      makeRoom(change, this.#options.limits, 0);
    });
  }

  /** The caller's note as last stored; undefined when there is none. */
  readNote(): unknown {
    return readNote(this.#store.tables);
  }

  /** From now on batches are numbered in this epoch. Numbers given out in it before stay used. */
  adoptEpoch(epoch: number): void {
    if (this.epoch === epoch) return;
    this.#store.commit(({ state }) => {
      state.epoch = epoch;
    });
  }

  /** The charter last received, so that recording can go on under it without a server. */
  readCharter(): CharterInForce | null {
    return readCharter(this.#store.tables);
  }

  /** From now on events are recorded under this charter. Those recorded before stay under theirs. */
  adoptCharter(charter: CharterInForce): void {
    if (this.#charter === charter.sha256) return;
    this.#store.commit((change) => keepCharter(change, charter));
    this.#charter = charter.sha256;
  }

  /** Open events, oldest first. */
  listOpen(limit: number): OpenEvent[] {
    return listOpen(this.#store.tables, limit, this.#held.now());
  }

  /**
   * Moves open events, as many as fit into one batch, into a sealed batch with the next number: only those that were
   * held back so many milliseconds, if that is given. A loss still to be told rides along, if need be in a batch of
   * its own.
   * @returns null when there is nothing to seal
   */
  seal(context: SealContext, { holdBackMs = 0 }: { holdBackMs?: number } = {}): SealedBatch | null {
    const { tables, state } = this.#store;
    const now = this.#held.now();
    if (state.open === 0 && state.gaps.length === 0) return null;
    const chosen = chooseReady(tables, { readyBefore: now - holdBackMs, now }, context.charter);
    if (chosen.records.length + chosen.unreadable.length + state.gaps.length === 0) return null;
    const sealed = this.#store.commit((change) =>
      sealChosen(change, chosen, context, this.#options.limits),
    );
    if (sealed) this.#tellListeners();
    return sealed;
  }

  /**
   * Keeps a batch that its maker has numbered. The same bytes again change nothing.
   * @throws when other bytes wait under that number
   */
  put(sealed: SealedBatch): void {
    if (waitsAlready(this.#store.tables, sealed)) return;
    this.#store.commit((change) => {
      keepSealed(change, sealed, "elsewhere");
      makeRoom(change, this.#options.limits, 1);
    });
    this.#tellListeners();
  }

  /** Sealed batches, oldest first, each verified; a damaged one is moved aside and becomes a gap. */
  pending(
    limit: number,
    skip: (epoch: number, seq: number) => boolean = () => false,
  ): SealedBatch[] {
    return readPending(this.#store, limit, skip, this.#options.onLoss);
  }

  /** The oldest sealed batches with what is in them, each whether a copy may be at the site. */
  listSealed(limit: number): ListedBatch[] {
    return listSealed(this.#store.tables, limit);
  }

  /** Whether a sealed batch of that number waits. */
  isPending(epoch: number, seq: number): boolean {
    return this.#store.tables.sealed.doesExist([epoch, seq]);
  }

  /** Notes, on disk, that these batches may be at the site from now on: none of them is ever taken apart again. */
  markSent(batches: readonly { epoch: number; seq: number }[]): void {
    const unmarked = batches.filter(({ epoch, seq }) => !this.isSent(epoch, seq));
    if (unmarked.length === 0) return;
    this.#store.commit((change) => {
      for (const { epoch, seq } of unmarked) keepSentMark(change, epoch, seq);
    });
  }

  /** Whether a copy of a sealed batch may be at the site, so that it can no longer be changed here. */
  isSent(epoch: number, seq: number): boolean {
    return isSent(this.#store.tables, epoch, seq);
  }

  /** Moves a batch the site holds to the mirror. False when it was not pending. */
  settle(epoch: number, seq: number): boolean {
    if (!this.isPending(epoch, seq)) return false;
    this.#store.commit((change) => {
      const taken = takeSealed(change, epoch, seq);
      if (taken) keepMirrored(change, taken, this.#options.clock.now(), this.#options.mirrorBytes);
    });
    return true;
  }

  /** Moves a batch the server will never take to the dead letters, where its owner can read it. */
  deadLetter(epoch: number, seq: number, ack: Ack): void {
    if (!this.isPending(epoch, seq)) return;
    this.#store.commit((change) => buryBatch(change, epoch, seq, ack));
  }

  /** Whether the outbox itself numbered that batch, and so may number its events anew. */
  isNumberedHere(epoch: number, seq: number): boolean {
    return isNumberedHere(this.#store.tables, epoch, seq);
  }

  /**
   * The site holds another batch of that number: its events go again under another, in an epoch still to be granted,
   * but for those that another copy of this folder has brought there.
   * @param atSite what the site holds of this workstation in the time of the batch
   * @returns false, and nothing changed, when that cannot be: it is not pending, was numbered elsewhere, or this has
   * happened three times within an hour
   */
  renumber(epoch: number, seq: number, atSite: EventsAtSite): boolean {
    if (!this.isPending(epoch, seq)) return false;
    const about = { now: this.#options.clock.now(), atSite, copy: this.#copy };
    return renumberBatch(this.#store, { epoch, seq }, about);
  }

  /**
   * Takes a window (epoch ms, half-open) out of all that is here and was never sent, and off the disk: a span keeps
   * what lies outside, a mark that lasts into the window loses its end, a 5-minute tally that touches it goes whole.
   * `wiped`: it stands nowhere in this folder any more.
   */
  deleteWindow(from: number, to: number): Deletion {
    const deletion = this.#store.commit((change) => deleteWindow(change, { from, to }));
    return { ...deletion, wiped: this.#store.wipe() };
  }

  /** Puts an event right that was never sent. `wiped`: what was wrong is nowhere in the store any more. */
  correctEvent(id: string, change: Correction): Corrected {
    const now = this.#options.clock.now();
    const result = this.#store.commit((tx) => correctHeld(tx, id, change, now));
    return result.ok ? { ...result, wiped: this.#store.wipe() } : result;
  }

  /**
   * Drops what is older than raw events are kept by the site's time, when that is known, and of what left what is older
   * than a day by this machine's; off the disk, too. All times in epoch ms.
   */
  prune(times: PruneTimes): Pruned {
    return pruneStore(this.#store, times);
  }

  /** What left in the last day, newest first. */
  readMirror(): Mirrored[] {
    return listMirror(this.#store.tables);
  }

  /** A batch that left in the last day, its very bytes; null when it is not kept. */
  readMirrored(epoch: number, seq: number): SealedBatch | null {
    return readMirrored(this.#store.tables, epoch, seq);
  }

  /** All that left in the last day, newest first, each read when it is asked for; the outbox may change in between. */
  readMirrorBatches(): Iterable<SealedBatch> {
    return readMirrorBatches(this.#store);
  }

  /** The last hundred batches that could not be delivered, oldest first. */
  readDeadLetters(): DeadLetter[] {
    return [...readDeadLetters(this.#store.tables)].map(({ letter }) => letter);
  }

  /** Calls back after each newly sealed batch; the result ends that. */
  onSealed(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Closes in good order: the next start needs no check. */
  async close(): Promise<void> {
    try {
      this.#held.keep();
    } finally {
      await this.#store.close();
    }
  }

  #tellListeners(): void {
    for (const listener of this.#listeners) listener();
  }
}
