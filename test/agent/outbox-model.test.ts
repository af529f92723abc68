import { cpSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Outbox, openOutbox } from "#agent/outbox";
import { batch as batchSchema } from "#schema/batch";
import { makeContext, makeSpan } from "./factories.ts";
import { makeFolder } from "./folder.ts";

/*
 * A model of the promise: every event reported as kept is in the outbox or at the server, or its batch is named in a
 * gap, refused ones too; the server never sees two contents under one number.
 */
interface Model {
  next: number;
  kept: Set<string>;
  /** The events of each batch ever sealed, by number. */
  sealed: Map<string, string[]>;
  /** What the server holds, by number. */
  server: Map<string, { sha256: string; tasks: string[] }>;
  told: Set<string>;
  /** Batches with events in them that the server will never take. */
  refused: Set<string>;
  limit: number;
}
interface Real {
  folder: string;
  outbox: Outbox;
}
type Step = fc.AsyncCommand<Model, Real>;

function readBatch(bytes: Uint8Array) {
  return batchSchema.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
}

const tasksOf = (bytes: Uint8Array) => readBatch(bytes).spans.map(({ task }) => task ?? "");

class Add implements Step {
  readonly count: number;
  constructor(count: number) {
    this.count = count;
  }
  check = () => true;
  async run(model: Model, { outbox }: Real) {
    const tasks = Array.from({ length: this.count }, (_, n) => String(model.next + n));
    model.next += this.count;
    outbox.addAll({ spans: tasks.map((task) => makeSpan({ task })) });
    for (const task of tasks) model.kept.add(task);
  }
  toString = () => `add ${this.count}`;
}

class Seal implements Step {
  check = () => true;
  async run(model: Model, { outbox }: Real) {
    const sealed = outbox.seal(makeContext(outbox.epoch ?? 1));
    if (!sealed) return;
    const name = `${sealed.epoch}/${sealed.seq}`;
    expect(model.sealed.has(name)).toBe(false);
    model.sealed.set(name, tasksOf(sealed.bytes));
  }
  toString = () => "seal";
}

class Send implements Step {
  readonly ack: "arrives" | "is lost" | "refused";
  constructor(ack: Send["ack"]) {
    this.ack = ack;
  }
  check = () => true;
  async run(model: Model, { outbox }: Real) {
    for (const { epoch, seq, bytes, sha256 } of outbox.pending(2)) {
      const name = `${epoch}/${seq}`;
      const held = model.server.get(name);
      if (held) expect(held.sha256).toBe(sha256);
      if (this.ack === "refused" && !held) {
        outbox.deadLetter(epoch, seq, { epoch, seq, status: "refused" });
        if (tasksOf(bytes).length > 0) model.refused.add(name);
        continue;
      }
      const batch = readBatch(bytes);
      model.server.set(name, { sha256, tasks: tasksOf(bytes) });
      if (batch.gap)
        for (let n = batch.gap.fromSeq; n <= batch.gap.toSeq; n += 1)
          model.told.add(`${batch.gap.epoch}/${n}`);
      if (this.ack === "arrives") outbox.settle(epoch, seq);
    }
  }
  toString = () => `send, ack ${this.ack}`;
}

/** The process dies: what is on disk now is what the next one finds. */
class Crash implements Step {
  check = () => true;
  async run(model: Model, real: Real) {
    const folder = makeFolder();
    cpSync(real.folder, folder, { recursive: true });
    await real.outbox.close();
    real.folder = folder;
    real.outbox = openOutbox(folder, { limits: { bytes: 1e9, events: model.limit } });
    expect(real.outbox.loss).toBe(null);
  }
  toString = () => "crash";
}

class Restart implements Step {
  check = () => true;
  async run(model: Model, real: Real) {
    await real.outbox.close();
    real.outbox = openOutbox(real.folder, { limits: { bytes: 1e9, events: model.limit } });
    expect(real.outbox.loss).toBe(null);
  }
  toString = () => "restart";
}

class NewEpoch implements Step {
  check = () => true;
  async run(_model: Model, { outbox }: Real) {
    outbox.adoptEpoch((outbox.epoch ?? 0) + 1);
  }
  toString = () => "new epoch";
}

async function playModel(commands: Iterable<Step>, limit: number): Promise<void> {
  const folder = makeFolder();
  const real: Real = {
    folder,
    outbox: openOutbox(folder, { limits: { bytes: 1e9, events: limit } }),
  };
  const model: Model = {
    next: 0,
    kept: new Set(),
    sealed: new Map(),
    server: new Map(),
    told: new Set(),
    refused: new Set(),
    limit,
  };
  await fc.asyncModelRun(() => ({ model, real }), commands);
  const { outbox } = real;
  do {
    await new Seal().run(model, real);
    await new Send("arrives").run(model, real);
  } while (outbox.counts().sealed + outbox.counts().open + outbox.counts().gaps.length > 0);
  const arrived = [...model.server.values()].flatMap(({ tasks }) => tasks);
  expect(new Set(arrived).size).toBe(arrived.length);
  const named = new Set([...model.told].flatMap((name) => model.sealed.get(name) ?? []));
  const unnamed = [...model.kept].filter((task) => !arrived.includes(task) && !named.has(task));
  expect(unnamed).toHaveLength(outbox.counts().lostUnnumbered);
  // Nothing but a refusal or a full outbox loses anything, and every refusal is told.
  expect([...model.refused].filter((name) => !model.told.has(name))).toEqual([]);
  if (limit === Number.POSITIVE_INFINITY)
    expect([unnamed.length, model.told]).toEqual([0, model.refused]);
  await outbox.close();
}

const add = fc.integer({ min: 1, max: 20 }).map((count) => new Add(count));
const seal = fc.constant(new Seal());
const anyCommand = [
  add,
  add,
  seal,
  seal,
  fc.constantFrom(new Send("arrives"), new Send("is lost"), new Send("refused")),
  fc.constantFrom(new Crash(), new Restart(), new NewEpoch()),
];

test("whatever happens on the way, each event kept arrives exactly once, unless its batch is refused and told", {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands(anyCommand, { maxCommands: 40, size: "large" }), (commands) =>
      playModel(commands, Number.POSITIVE_INFINITY),
    ),
    { numRuns: 40 },
  );
});

test("when the outbox is too small, whatever did not arrive is told", {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.commands(anyCommand, { maxCommands: 40, size: "large" }),
      fc.integer({ min: 1, max: 40 }),
      (commands, limit) => playModel(commands, limit),
    ),
    { numRuns: 60 },
  );
});
