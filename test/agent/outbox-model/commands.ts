import { cpSync } from "node:fs";
import type fc from "fast-check";
import { expect } from "vitest";
import { type Outbox, openOutbox } from "#agent/outbox";
import type { TypedEvent } from "#agent/outbox-store/open-event";
import { formatIdentity } from "#schema/activity";
import type { Batch } from "#schema/batch";
import { makeContext } from "../factories.ts";
import { makeFolder } from "../folder.ts";
import {
  cellsOf,
  checkConservation,
  type Model,
  nameOf,
  type Real,
  read,
  readText,
  spanOf,
  timeOfCell,
} from "./model.ts";

export type Step = fc.AsyncCommand<Model, Real>;

/** A step that leaves the promise as it found it. */
function makeStep(
  name: string,
  run: (model: Model, real: Real) => void | Promise<void>,
  check: (model: Model) => boolean = () => true,
): Step {
  return {
    check,
    async run(model, real) {
      await run(model, real);
      checkConservation(model, real.outbox);
    },
    toString: () => name,
  };
}

export const add = (count: number) =>
  makeStep(`add ${count}`, (model, { outbox, clock }) => {
    const numbers = Array.from({ length: count }, (_, n) => model.next + n);
    model.next += count;
    outbox.addAll({ spans: numbers.map(spanOf) });
    for (const number of numbers) {
      for (const cell of cellsOf(spanOf(number))) model.added.add(cell);
      model.recordedAt.set(number, clock.monotonic());
    }
  });

/** Seals one batch; the numbers of a folder only grow. @returns whether there was anything to seal */
export function sealOne(model: Model, { outbox, clock }: Real, holdBackMs?: number): boolean {
  // As the site does at the next hello.
  if (outbox.epoch === null) {
    model.grantedEpoch += 1;
    outbox.adoptEpoch(model.grantedEpoch);
  }
  const context = makeContext(outbox.epoch ?? 1);
  const sealed = outbox.seal(context, holdBackMs === undefined ? {} : { holdBackMs });
  if (!sealed) return false;
  const { epoch, seq } = sealed;
  expect(seq, "a number is used once").toBeGreaterThan(model.lastSeqs.get(epoch) ?? 0);
  model.lastSeqs.set(epoch, seq);
  model.grantedEpoch = Math.max(model.grantedEpoch, epoch);
  const { spans } = read(sealed);
  model.sealed.set(nameOf(sealed), spans.flatMap(cellsOf));
  for (const { task } of holdBackMs === undefined ? [] : spans) {
    const recordedAt = model.recordedAt.get(Number(task));
    if (recordedAt !== undefined)
      expect(clock.monotonic() - recordedAt).toBeGreaterThanOrEqual(holdBackMs ?? 0);
  }
  return true;
}

export const seal = makeStep("seal", (model, real) => {
  sealOne(model, real);
});

export const sealHeld = (holdBackMs: number) =>
  makeStep(`seal what waited ${holdBackMs} ms`, (model, real) => {
    while (sealOne(model, real, holdBackMs));
    for (const { heldMs, event } of real.outbox.listOpen(10_000)) {
      expect(heldMs).toBeLessThan(holdBackMs);
      // Of what was recorded before the last start, only the time since then is sure.
      const recordedAt = "task" in event ? model.recordedAt.get(Number(event.task)) : undefined;
      const waited = real.clock.monotonic() - (recordedAt ?? model.openedAt);
      expect(waited, "held too long").toBeLessThan(holdBackMs);
    }
  });

/** On a conflict another copy of this folder has brought none, some or all of the events before. */
type Answer = "arrives" | "is lost" | "refused" | Conflict;
type Conflict = "conflict, none there" | "conflict, some there" | "conflict, all there";

const isConflict = (answer: Answer): answer is Conflict => answer.startsWith("conflict");

/** What the site holds of a batch from the copy: the first half under this number, the rest under later ones. */
function readCopied(batch: Batch, answer: Answer): Map<string, TypedEvent> {
  const share = answer === "conflict, all there" ? 1 : answer === "conflict, some there" ? 2 : 0;
  const brought = batch.spans.filter((_, index) => share > 0 && index % share === 0);
  return new Map(
    brought.map((event, index) => {
      const seq = batch.seq + (index * 2 < brought.length ? 0 : 1_000);
      return [formatIdentity({ ...batch, seq }, index), { type: "span", event }];
    }),
  );
}

export function sendTwo(model: Model, { outbox }: Real, answer: Answer): void {
  const batches = outbox.pending(2);
  outbox.markSent(batches);
  for (const sealed of batches) {
    const { epoch, seq, sha256 } = sealed;
    const name = nameOf(sealed);
    const batch = read(sealed);
    const cells = batch.spans.flatMap(cellsOf);
    for (const cell of cells) expect(model.deleted.has(cell), "deleted, and sent").toBe(false);
    for (const span of batch.spans)
      for (const cell of cellsOf(span))
        expect(span.label).toBe(model.corrected.has(cell) ? "put right" : "as recorded");
    const held = model.site.get(name);
    if (held) expect(held.sha256, "sent again as the same bytes").toBe(sha256);
    if (answer === "refused" && !held) {
      outbox.deadLetter(epoch, seq, { epoch, seq, status: "refused" });
    } else if (isConflict(answer) && !held) {
      const copied = readCopied(batch, answer);
      const there = [...copied.values()].flatMap(({ event }) => ("end" in event ? event : []));
      model.copied.set(name, there.flatMap(cellsOf));
      const isCurrent = outbox.epoch === epoch;
      if (outbox.renumber(epoch, seq, copied)) {
        if (isCurrent && there.length < batch.spans.length) expect(outbox.epoch).toBe(null);
        model.sealed.set(name, []);
        for (const { task } of batch.spans) model.recordedAt.delete(Number(task));
      } else {
        outbox.deadLetter(epoch, seq, { epoch, seq, status: "conflict" });
        for (const cell of cells) model.buried.add(cell);
      }
    } else {
      model.site.set(name, { sha256, cells });
      const { gap } = batch;
      for (let n = gap?.fromSeq ?? 1; gap && n <= gap.toSeq; n += 1)
        model.told.set(nameOf({ epoch: gap.epoch, seq: n }), gap.reason);
      if (answer !== "is lost") outbox.settle(epoch, seq);
    }
  }
}

export const send = (answer: Answer) =>
  makeStep(`send, answer ${answer}`, (model, real) => sendTwo(model, real, answer));

/** Takes some cells out of the time recorded so far. */
export const deleteWindow = (from: number, length: number) =>
  makeStep(`delete ${length} cells from ${from} %`, (model, { outbox }) => {
    const first = Math.floor((model.next * 4 * from) / 100);
    const isInside = (cell: number) => cell >= first && cell < first + length;
    const unsent = outbox.listSealed(10_000).filter(({ sent }) => !sent);
    const events = [...outbox.listOpen(100_000), ...unsent.flatMap(({ contents }) => contents)];
    const spans = events.flatMap(({ event }) => ("end" in event ? [event] : []));
    const touched = spans.filter((span) => cellsOf(span).some(isInside));
    const whole = touched.filter((span) => cellsOf(span).every(isInside));
    // Of a refused batch nothing stays that speaks of the window.
    const refused = outbox
      .readDeadLetters()
      .flatMap(({ text }) => (text === "" ? [] : readText(text).spans))
      .filter((span) => cellsOf(span).some(isInside));
    const deletion = outbox.deleteWindow(timeOfCell(first), timeOfCell(first + length));
    expect(deletion).toMatchObject({
      removed: whole.length + refused.length,
      cut: touched.length - whole.length,
    });
    for (const { text } of outbox.readDeadLetters())
      expect(text === "" || !readText(text).spans.flatMap(cellsOf).some(isInside)).toBe(true);
    for (const span of touched)
      for (const cell of cellsOf(span).filter(isInside)) model.deleted.add(cell);
    forgetWaits(model, unsent, outbox.listSealed(10_000));
  });

/** Events of a batch that was taken apart have waited already. */
function forgetWaits(
  model: Model,
  before: ReturnType<Real["outbox"]["listSealed"]>,
  after: ReturnType<Real["outbox"]["listSealed"]>,
): void {
  const names = new Set(after.map(({ batch }) => nameOf(batch)));
  for (const { batch } of before.filter((listed) => !names.has(nameOf(listed.batch))))
    for (const { task } of read(batch).spans) model.recordedAt.delete(Number(task));
}

export const correct = (which: number) =>
  makeStep(`correct ${which} %`, (model, { outbox }) => {
    const sealed = outbox.listSealed(10_000);
    const held = [
      ...outbox.listOpen(100_000).map(({ number, event }) => ({
        id: `open/${number}`,
        event,
        sent: false,
      })),
      ...sealed.flatMap(({ batch, sent, contents }) =>
        contents.map(({ event }, index) => ({ id: `${nameOf(batch)}/${index}`, event, sent })),
      ),
    ];
    const chosen = held[Math.floor((held.length * which) / 100)];
    if (!chosen || !("end" in chosen.event)) return;
    const result = outbox.correctEvent(chosen.id, { label: "put right" });
    expect(result).toMatchObject(chosen.sent ? { ok: false, code: "sent" } : { ok: true });
    if (result.ok) for (const cell of cellsOf(chosen.event)) model.corrected.add(cell);
    forgetWaits(model, sealed, outbox.listSealed(10_000));
  });

/** Nothing that is asked for on a full disk happens, and nothing is broken by it. */
export const fullDisk = (task: "add" | "seal" | "mark" | "settle" | "delete") =>
  makeStep(`${task} on a full disk`, (model, { outbox, disk }) => {
    const [first] = outbox.pending(1);
    if (task === "seal" && outbox.counts().open === 0) return;
    if (task === "settle" && !first) return;
    if (task === "mark" && (!first || outbox.isSent(first.epoch, first.seq))) return;
    const before = JSON.stringify([outbox.listSealed(10_000), outbox.counts()]);
    disk.free = 0;
    expect(() => {
      if (task === "add") outbox.add({ spans: [spanOf(model.next)] });
      else if (task === "seal") outbox.seal(makeContext(outbox.epoch ?? 1));
      else if (task === "delete") outbox.deleteWindow(timeOfCell(0), timeOfCell(1e6));
      else if (first && task === "mark") outbox.markSent([first]);
      else if (first) outbox.settle(first.epoch, first.seq);
    }).toThrow("No space left");
    disk.free = Number.POSITIVE_INFINITY;
    expect(JSON.stringify([outbox.listSealed(10_000), outbox.counts()])).toBe(before);
  });

const LOOK_MS = 60_000;

export const jump = (milliseconds: number) =>
  makeStep(`clock set by ${milliseconds} ms`, (_model, { clock }) => clock.jump(milliseconds));

export const pass = (milliseconds: number) =>
  makeStep(`${milliseconds} ms pass`, (_model, { clock, outbox }) => {
    // As while the machine is awake: the agent looks at its clock in between.
    for (let left = milliseconds; left > 0; left -= LOOK_MS) {
      clock.advance(Math.min(left, LOOK_MS));
      outbox.listOpen(1);
    }
  });

export const prune = makeStep("prune", (_model, { outbox, clock }) => {
  expect(outbox.prune({ now: clock.now(), siteNow: clock.now(), rawDays: 14 })).toMatchObject({
    batches: 0,
    events: 0,
  });
});

export const newEpoch = makeStep("new epoch", (model, { outbox }) => {
  model.grantedEpoch += 1;
  outbox.adoptEpoch(model.grantedEpoch);
});

/** Opens the outbox of the folder as it is now; nothing may be lost by that, and nothing waits anew. */
export function openAgain(model: Model, { folder, clock, disk }: Omit<Real, "outbox">): Outbox {
  const limits = { bytes: 1e9, events: model.limit };
  const outbox = openOutbox(folder, { clock, limits, freeBytes: () => disk.free });
  expect(outbox.loss).toBe(null);
  return outbox;
}

/** The process dies: what is on disk now is what the next one finds. */
export const crash = makeStep("crash", async (model, real) => {
  const folder = makeFolder();
  cpSync(real.folder, folder, { recursive: true });
  await real.outbox.close();
  real.folder = folder;
  real.outbox = openAgain(model, real);
  // How long events have waited is kept with the last of them; since then the wall clock counts, wherever it was set.
  model.recordedAt.clear();
  model.openedAt = real.clock.monotonic();
});

export const restart = makeStep("restart", async (model, real) => {
  await real.outbox.close();
  real.outbox = openAgain(model, real);
});
