import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Gap } from "#schema/batch";
import { checkStore, hashFile } from "./check-store.ts";
import { unwrapJson } from "./record.ts";
import { removeStore, rewrittenPath } from "./rewrite-store.ts";
import { hasContent, moveAside } from "./set-aside.ts";
import { openSidecar, readSidecar, type Sidecar } from "./sidecar.ts";
import {
  addGap,
  emptyState,
  lastSeqOf,
  type OutboxState,
  outboxState,
  recordSeq,
} from "./state.ts";
import { deriveStoreKey } from "./store-key.ts";
import { openTables } from "./tables.ts";

/** What was found lost at start, in plain words and as the numbers to tell the server. */
export interface OutboxLoss {
  message: string;
  gaps: Gap[];
  /** Where the unreadable file is now; null when it was simply gone. */
  movedTo: string | null;
}

/** State of a version that notes which batches were sent. */
const withSentMarks = z.looseObject({ sent: z.int() });

/**
 * Opens the store of a folder; what cannot be read is moved aside with a date and the loss is told.
 * @param personKey 32 bytes with which all of it is encrypted
 * @throws when the store cannot be checked, or the key is another one; then nothing was changed
 */
export function openStore(folder: string, now: () => number, personKey: Buffer | undefined) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, "outbox.mdb");
  const sidecarPath = join(folder, "outbox.mark");
  const known = readSidecar(sidecarPath);
  const { key, check } = deriveStoreKey(personKey);
  // With a wrong key a store reads as if it were empty or damaged.
  if (known?.begun && known.keyCheck !== check && hasContent(path))
    throw new Error(`The outbox ${path} belongs to another key. Nothing was changed.`);
  removeStore(rewrittenPath(path));
  const loss = findLoss(path, known, now, key);
  const sidecar = openSidecar(sidecarPath);
  sidecar.write({
    begun: known?.begun ?? false,
    cleanFile: null,
    keyCheck: check,
    commits: known?.commits ?? 0,
    numbers: known?.numbers ?? [],
  });
  const tables = openTables(path, key);
  const record = tables.state.get("state");
  const stored = record === undefined ? undefined : unwrapJson(record);
  const state: OutboxState =
    stored === undefined ? structuredClone(emptyState) : outboxState.parse(stored);
  if (loss) for (const gap of loss.gaps) state.gaps = addGap(state.gaps, gap);
  const rolledBack = reconcile(state, known);
  const hasSentMarks = stored === undefined || withSentMarks.safeParse(stored).success;
  return {
    path,
    key,
    keyCheck: check,
    tables,
    sidecar,
    state,
    loss: loss ?? rolledBack,
    /** Of what is sealed in it nobody knows what was sent: it is older than it was, or of an earlier version. */
    isUnsureOfSent: !hasSentMarks || rolledBack !== null,
    /** What was read is not what must be stored. */
    mustCommit: stored === undefined || loss !== null || rolledBack !== null || !hasSentMarks,
  };
}

function findLoss(
  path: string,
  known: Sidecar | null,
  now: () => number,
  key: string | null,
): OutboxLoss | null {
  if (!hasContent(path)) {
    const gaps = gapsOf(known);
    if (!known?.begun) return null;
    return { message: "The outbox file was gone; a new one was begun.", gaps, movedTo: null };
  }
  if (known?.cleanFile && known.cleanFile === hashFile(path)) return null;
  const condition = checkStore(path, key);
  if (condition === "undecided")
    throw new Error(
      `The outbox ${path} was not closed in good order, and this machine could not check it now. Nothing was changed or lost. Start again; if that fails too, free some memory first.`,
    );
  if (condition === "sound") return null;
  const movedTo = moveAside(path, "damaged", now());
  rmSync(`${path}-lock`, { force: true });
  // A crash before the first commit leaves a file with nothing in it: nothing was lost.
  if (known && !known.begun) return null;
  const message = `The outbox could not be read. It was kept as ${movedTo} and a new one was begun; what had not been sent yet is lost.`;
  return { message, gaps: gapsOf(known), movedTo };
}

function gapsOf(known: Sidecar | null): Gap[] {
  return (known?.numbers ?? [])
    .filter(({ first, last }) => first <= last)
    .map(({ epoch, first, last }) => ({ epoch, fromSeq: first, toSeq: last, reason: "corrupt" }));
}

/**
 * A store older than its small file was put back from a copy, or lost its last transactions to damage: the numbers in
 * between are lost, and stay used.
 */
function reconcile(state: OutboxState, known: Sidecar | null): OutboxLoss | null {
  const gaps = reconcileNumbers(state, known);
  const isOlder = gaps.length > 0 || state.commits < (known?.commits ?? 0);
  state.commits = Math.max(state.commits, known?.commits ?? 0);
  if (!isOlder) return null;
  const message =
    "The outbox is older than it was, by damage or from a copy. What it had taken in since is lost.";
  return { message, gaps, movedTo: null };
}

function reconcileNumbers(state: OutboxState, known: Sidecar | null): Gap[] {
  const gaps: Gap[] = [];
  for (const { epoch, last } of known?.numbers ?? []) {
    const own = lastSeqOf(state, epoch);
    if (own >= last) continue;
    if (own > 0) gaps.push({ epoch, fromSeq: own + 1, toSeq: last, reason: "corrupt" });
    recordSeq(state, epoch, last);
  }
  for (const gap of gaps) state.gaps = addGap(state.gaps, gap);
  return gaps;
}
