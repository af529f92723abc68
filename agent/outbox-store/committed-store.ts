import { statSync } from "node:fs";
import type { Trouble } from "../control/messages.ts";
import type { Change } from "./change.ts";
import { hashFile } from "./check-store.ts";
import { DiskFull, requireSpace } from "./disk-space.ts";
import { type OutboxLoss, openStore } from "./open-store.ts";
import { unwrapJson, wrapJson } from "./record.ts";
import { removeStore, replaceStore, rewrittenPath, writeFreshCopy } from "./rewrite-store.ts";
import { keepSentMark } from "./sealed-queue.ts";
import { removeSetAside } from "./set-aside.ts";
import { SIDECAR_EPOCHS, type Sidecar } from "./sidecar.ts";
import { type OutboxState, outboxState } from "./state.ts";
import { openTables, type Tables } from "./tables.ts";

/** Told, in plain words, of what goes wrong with the store itself. */
export type TellLoss = (message: string, code: Trouble["code"]) => void;

export interface CommittedStoreOptions {
  clock: { now: () => number };
  encryptionKey: Buffer | undefined;
  onLoss: TellLoss;
  freeBytes: (folder: string) => number | null;
}

/** Store, state and the small file beside them, which change together. Owns an LMDB environment. */
export class CommittedStore {
  readonly loss: OutboxLoss | null;
  readonly #opened: ReturnType<typeof openStore>;
  readonly #folder: string;
  readonly #options: CommittedStoreOptions;
  #tables: Tables;
  #state: OutboxState;
  #numbers: Sidecar["numbers"];
  /** The last transaction failed: after some failures LMDB takes no other one until it is opened anew (measured). */
  #isDoubtful = false;
  #isWipeOverdue = false;

  constructor(folder: string, options: CommittedStoreOptions) {
    this.#folder = folder;
    this.#options = options;
    this.#opened = openStore(folder, options.clock.now, options.encryptionKey);
    this.#tables = this.#opened.tables;
    this.#state = this.#opened.state;
    this.loss = this.#opened.loss;
    this.#numbers = numbersOf(this.#tables, this.#state);
    this.#begin();
    this.wipe();
  }

  /** Puts right what the opening found. Also when there is nothing, so that LMDB has two sound pages to begin from. */
  #begin(): void {
    const { mustCommit, isUnsureOfSent } = this.#opened;
    try {
      this.commit((change) => {
        const unsure = isUnsureOfSent ? [...change.tables.sealed.getKeys()] : [];
        for (const [epoch, seq] of unsure) keepSentMark(change, epoch, seq);
      });
    } catch (error) {
      // An agent starts on a full disk, too, and shows what it has. It sends nothing before there is room: what may be
      // at the site is noted on disk first, so that it is never taken apart here.
      if (mustCommit || !(error instanceof DiskFull)) throw error;
      this.#tryMark(() => this.#opened.sidecar.write(this.#mark(null)));
    }
  }

  get tables(): Tables {
    return this.#tables;
  }

  /** As last committed; never changed outside a transaction. */
  get state(): Readonly<OutboxState> {
    return this.#state;
  }

  /** One transaction, on disk when this returns; the state and the small file follow it. @throws DiskFull */
  commit<T>(change: (change: Change) => T): T {
    requireSpace(this.#options.freeBytes(this.#folder));
    if (this.#isDoubtful) this.#reopen();
    const tables = this.#tables;
    const state = structuredClone(this.#state);
    state.commits += 1;
    this.#isDoubtful = true;
    const result = tables.root.transactionSync(() => {
      const made = change({ tables, state });
      tables.state.putSync("state", wrapJson(state));
      return made;
    });
    this.#isDoubtful = false;
    this.#state = state;
    this.#numbers = numbersOf(tables, state);
    this.#tryMark(() => this.#opened.sidecar.write(this.#mark(null)));
    return result;
  }

  /** What was deleted may still stand on the disk: the last attempt to wipe it failed. */
  get isWipeOverdue(): boolean {
    return this.#isWipeOverdue;
  }

  /**
   * After a deletion, removes the stores set aside that may hold what was deleted, and writes all that is kept to a
   * fresh file, which takes the place of the old one: what was deleted then stands nowhere. A crash on the way leaves
   * one file or the other, whole. When the disk refuses, the old one stays, this is told, and the next call or start
   * tries again.
   * @param agedBefore stores set aside before then (epoch ms) go as well
   * @returns whether nothing that was deleted is left
   */
  wipe(agedBefore = Number.NEGATIVE_INFINITY): boolean {
    let failure: unknown = null;
    const attempt = (task: () => void) => {
      try {
        task();
      } catch (error) {
        failure = error;
      }
    };
    const from = this.#state.wipeAsideFrom ?? Number.POSITIVE_INFINITY;
    attempt(() => removeSetAside(this.#opened.path, (at) => at >= from || at < agedBefore));
    const wipeAsideFrom = failure === null ? null : this.#state.wipeAsideFrom;
    if (this.#state.unwiped) attempt(() => this.#rewrite(wipeAsideFrom));
    this.#isWipeOverdue = failure !== null;
    if (failure !== null) this.#tellUnwiped(failure);
    return failure === null;
  }

  #rewrite(wipeAsideFrom: number | null): void {
    const { path, key } = this.#opened;
    const state = { ...this.#state, unwiped: wipeAsideFrom !== null, wipeAsideFrom };
    try {
      requireSpace(this.#options.freeBytes(this.#folder), statSync(path).size);
      writeFreshCopy(this.#tables, state, rewrittenPath(path), key);
    } catch (error) {
      removeStore(rewrittenPath(path));
      throw error;
    }
    void this.#tables.root.close();
    try {
      replaceStore(path, rewrittenPath(path));
      this.#state = state;
    } finally {
      this.#tables = openTables(path, key);
    }
  }

  /** Closes in good order: the next start needs no check. */
  async close(): Promise<void> {
    const { sidecar, path } = this.#opened;
    await this.#tables.root.close();
    this.#tryMark(() => sidecar.write(this.#mark(hashFile(path))));
    this.#tryMark(() => sidecar.close());
  }

  #reopen(): void {
    const { path, key } = this.#opened;
    void this.#tables.root.close();
    this.#tables = openTables(path, key);
    const record = this.#tables.state.get("state");
    if (record !== undefined) this.#state = outboxState.parse(unwrapJson(record));
    this.#isDoubtful = false;
  }

  #mark(cleanFile: string | null): Sidecar {
    const { keyCheck } = this.#opened;
    return {
      begun: true,
      cleanFile,
      keyCheck,
      commits: this.#state.commits,
      numbers: this.#numbers,
    };
  }

  /** The change is on disk by now, and the small file may lag behind: to fail here would have it made twice. */
  #tryMark(task: () => void): void {
    try {
      task();
    } catch (error) {
      this.#options.onLoss(
        `The file outbox.mark could not be written (${reasonOf(error)}). Nothing recorded is lost by that, but a damage of the outbox might go unnoticed. Free some space.`,
        "outbox-mark",
      );
    }
  }

  #tellUnwiped(error: unknown): void {
    this.#options.onLoss(
      `What was deleted or has grown too old will never be sent, but its traces could not be wiped from the disk yet (${reasonOf(error)}). Free some space; this is tried again.`,
      "not-wiped",
    );
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "no reason";
}

/** What the small file is to remember of this state. */
function numbersOf(tables: Tables, state: OutboxState): Sidecar["numbers"] {
  return state.lastSeqs.slice(-SIDECAR_EPOCHS).map(({ epoch, seq }) => {
    const [waiting] = [
      ...tables.sealed.getKeys({ start: [epoch, 0], end: [epoch + 1, 0], limit: 1 }),
    ];
    const untold = state.gaps.filter((gap) => gap.epoch === epoch).map((gap) => gap.fromSeq);
    return { epoch, first: Math.min(waiting?.[1] ?? seq + 1, ...untold), last: seq };
  });
}
