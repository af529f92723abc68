import { chmodSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { open } from "lmdb";
import type { Gap } from "#schema/batch";
import { checkStore, hasContent, hashFile, moveAside } from "./check-store.ts";
import { unwrapJson } from "./record.ts";
import { openSidecar, readSidecar, type Sidecar } from "./sidecar.ts";
import {
  addGap,
  emptyState,
  lastSeqOf,
  type OutboxState,
  outboxState,
  recordSeq,
} from "./state.ts";

/** What was found lost at start, in plain words and as the numbers to tell the server. */
export interface OutboxLoss {
  message: string;
  gaps: Gap[];
  /** Where the unreadable file is now; null when it was simply gone. */
  movedTo: string | null;
}

/** The LMDB environment and its tables. Sync on commit: no option below may weaken that. */
function openTables(path: string) {
  const root = open<Buffer, string>({
    path,
    noSubdir: true,
    encoding: "binary",
    // Commits are on disk when the call returns: the default here flushes after returning.
    overlappingSync: false,
    maxDbs: 8,
  });
  for (const file of [path, `${path}-lock`]) chmodSync(file, 0o600);
  return {
    root,
    state: root.openDB<Buffer, string>({ name: "state", encoding: "binary" }),
    open: root.openDB<Buffer, number>({ name: "open", encoding: "binary" }),
    sealed: root.openDB<Buffer, [number, number]>({ name: "sealed", encoding: "binary" }),
    dead: root.openDB<Buffer, number>({ name: "dead", encoding: "binary" }),
  };
}
export type Tables = ReturnType<typeof openTables>;

/**
 * Opens the store of a folder; what cannot be read is moved aside with a date and the loss is told.
 * @throws when the store cannot be checked; then nothing was changed
 */
export function openStore(folder: string, now: () => number) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, "outbox.mdb");
  const sidecarPath = join(folder, "outbox.mark");
  const known = readSidecar(sidecarPath);
  const loss = findLoss(path, known, now);
  const sidecar = openSidecar(sidecarPath);
  sidecar.write({ begun: known?.begun ?? false, cleanFile: null, numbers: known?.numbers ?? [] });
  const tables = openTables(path);
  const record = tables.state.get("state");
  const state: OutboxState =
    record === undefined ? structuredClone(emptyState) : outboxState.parse(unwrapJson(record));
  if (loss) for (const gap of loss.gaps) state.gaps = addGap(state.gaps, gap);
  const rolledBack = reconcileNumbers(state, known);
  return { path, tables, sidecar, state, loss: loss ?? rolledBack };
}

function findLoss(path: string, known: Sidecar | null, now: () => number): OutboxLoss | null {
  if (!hasContent(path)) {
    const gaps = gapsOf(known);
    if (!known?.begun) return null;
    return { message: "The outbox file was gone; a new one was begun.", gaps, movedTo: null };
  }
  if (known?.cleanFile && known.cleanFile === hashFile(path)) return null;
  const condition = checkStore(path);
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

/** A store older than its small file was put back from a copy: the numbers in between are lost, and stay used. */
function reconcileNumbers(state: OutboxState, known: Sidecar | null): OutboxLoss | null {
  const gaps: Gap[] = [];
  for (const { epoch, last } of known?.numbers ?? []) {
    const own = lastSeqOf(state, epoch);
    if (own >= last) continue;
    if (own > 0) gaps.push({ epoch, fromSeq: own + 1, toSeq: last, reason: "corrupt" });
    recordSeq(state, epoch, last);
  }
  for (const gap of gaps) state.gaps = addGap(state.gaps, gap);
  if (gaps.length === 0) return null;
  return { message: "The outbox is older than it was; the loss is told.", gaps, movedTo: null };
}
