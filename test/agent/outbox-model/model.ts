import { expect } from "vitest";
import type { Outbox } from "#agent/outbox";
import type { TypedEvent } from "#agent/outbox-store/open-event";
import { readBatch, type SealedBatch } from "#agent/seal-batch";
import type { Span } from "#schema/activity";
import type { Batch } from "#schema/batch";
import { formatTimestamp, millisecondsOf } from "#schema/time";
import { makeSpan } from "../factories.ts";
import type { ManualClock } from "../manual-clock.ts";

/*
 * A model of the promise. Each event recorded is a minute of its own, in four cells: whatever windows are cut out of
 * it, a cell is at any time in exactly one place, and every place that loses one says so.
 */
const BASE = Date.parse("2026-11-25T06:00:00.000Z");
export const CELL_MS = 15_000;
const CELLS = 4;

/** The event of a number: its cells are `4 * number` to `4 * number + 3`. */
export function spanOf(number: number): Span {
  const start = BASE + number * CELLS * CELL_MS;
  return makeSpan({
    task: String(number),
    label: "as recorded",
    start: formatTimestamp(start, 60),
    end: formatTimestamp(start + CELLS * CELL_MS, 60),
  });
}

/** When a cell begins, epoch ms. */
export const timeOfCell = (cell: number) => BASE + cell * CELL_MS;

/** The cells an event covers. */
export function cellsOf({ start, end }: Pick<Span, "start" | "end">): number[] {
  const first = (millisecondsOf(start) - BASE) / CELL_MS;
  const last = (millisecondsOf(end) - BASE) / CELL_MS;
  return Array.from({ length: last - first }, (_, n) => first + n);
}

export interface Model {
  next: number;
  added: Set<number>;
  deleted: Set<number>;
  /** Cells whose owner put their label right. */
  corrected: Set<number>;
  /** When each event was recorded, by the steady clock; only of those of which that is sure. */
  recordedAt: Map<number, number>;
  /** When the outbox was last opened after a crash, by the steady clock. */
  openedAt: number;
  /** The cells of each batch ever sealed, and its highest number by epoch. */
  sealed: Map<string, number[]>;
  lastSeqs: Map<number, number>;
  /** What the site holds from here; and of the numbers that another copy of this folder used, what that one brought. */
  site: Map<string, { sha256: string; cells: number[] }>;
  copied: Map<string, number[]>;
  grantedEpoch: number;
  /** Gaps the site was told, by number. */
  told: Map<string, string>;
  /** Cells in batches the site would not take and that no gap tells: it holds another under their number. */
  buried: Set<number>;
  limit: number;
}

export interface Real {
  folder: string;
  outbox: Outbox;
  clock: ManualClock;
  disk: { free: number };
}

export function beginModel(limit: number): Model {
  return {
    next: 0,
    added: new Set(),
    deleted: new Set(),
    corrected: new Set(),
    recordedAt: new Map(),
    openedAt: 0,
    sealed: new Map(),
    lastSeqs: new Map(),
    site: new Map(),
    copied: new Map(),
    grantedEpoch: 1,
    told: new Map(),
    buried: new Set(),
    limit,
  };
}

export const nameOf = ({ epoch, seq }: { epoch: number; seq: number }) => `${epoch}/${seq}`;

export function readText(text: string): Batch {
  const batch = readBatch(Buffer.from(text, "utf8"));
  if (!batch) throw new Error("a batch that is none");
  return batch;
}

export const read = ({ bytes }: SealedBatch) => readText(Buffer.from(bytes).toString("utf8"));

/** Numbers told as lost somewhere: at the site, in a batch on its way, or still to be told. */
function toldNames(model: Model, outbox: Outbox): Map<string, string> {
  const names = new Map(model.told);
  const carried = outbox.listSealed(10_000).flatMap(({ batch }) => read(batch).gap ?? []);
  for (const { epoch, fromSeq, toSeq, reason } of [...carried, ...outbox.counts().gaps])
    for (let seq = fromSeq; seq <= toSeq; seq += 1) names.set(nameOf({ epoch, seq }), reason);
  return names;
}

/** Every cell recorded is in one place; what was deleted is nowhere; the counts are what is there. */
export function checkConservation(model: Model, outbox: Outbox): void {
  const open = outbox.listOpen(100_000);
  const sealed = outbox.listSealed(10_000);
  const spansOf = (events: readonly TypedEvent[]) =>
    events.flatMap((found) => (found.type === "span" ? cellsOf(found.event) : []));
  const inOpen = spansOf(open);
  const inSealed = sealed.flatMap(({ contents }) => spansOf(contents));
  const here = new Set([...inOpen, ...inSealed]);
  expect(here.size, "no cell is here twice").toBe(inOpen.length + inSealed.length);
  for (const cell of model.deleted) expect(here.has(cell), "deleted, and still here").toBe(false);

  const atSite = [
    ...[...model.site.values()].flatMap(({ cells }) => cells),
    ...[...model.copied.values()].flat(),
  ];
  const arrived = new Set(atSite);
  expect(arrived.size, "no cell is at the site twice").toBe(atSite.length);
  for (const cell of inOpen) expect(arrived.has(cell), "at the site, and open here").toBe(false);

  const lost = new Set(model.buried);
  for (const [name, reason] of toldNames(model, outbox))
    if (reason !== "deleted") for (const cell of model.sealed.get(name) ?? []) lost.add(cell);
  const missing = [...model.added].filter(
    (cell) => !here.has(cell) && !arrived.has(cell) && !lost.has(cell) && !model.deleted.has(cell),
  );
  const counts = outbox.counts();
  expect(missing.length, "gone without a word").toBeLessThanOrEqual(CELLS * counts.lostUnnumbered);
  expect(missing.length).toBeGreaterThanOrEqual(counts.lostUnnumbered);
  if (model.limit === Number.POSITIVE_INFINITY) expect(missing).toEqual([]);

  expect(counts).toMatchObject({
    open: open.length,
    sealed: sealed.length,
    sealedEvents: sealed.reduce((sum, { contents }) => sum + contents.length, 0),
    sent: sealed.filter(({ sent }) => sent).length,
  });
}

/** Each number ever given out is at the site, told as lost, or one of which the site holds another batch. */
export function checkNumbers(model: Model, outbox: Outbox): void {
  const told = toldNames(model, outbox);
  for (const [name, cells] of model.sealed)
    if (cells.length > 0)
      expect(model.site.has(name) || told.has(name) || model.copied.has(name), name).toBe(true);
}
