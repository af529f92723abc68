import fc from "fast-check";
import { expect, test } from "vitest";
import { makeFolder } from "./folder.ts";
import { makeManualClock } from "./manual-clock.ts";
import * as commands from "./outbox-model/commands.ts";
import { beginModel, checkConservation, checkNumbers, type Real } from "./outbox-model/model.ts";

/** More of them find rarer trouble: `OUTBOX_RUNS=2000`. */
const numRuns = Number(process.env.OUTBOX_RUNS ?? 12);
const timeout = 60_000 + numRuns * 5_000;

async function playModel(steps: Iterable<commands.Step>, limit: number): Promise<void> {
  const model = beginModel(limit);
  const disk = { free: Number.POSITIVE_INFINITY };
  const machine = { folder: makeFolder(), clock: makeManualClock(), disk };
  const real: Real = { ...machine, outbox: commands.openAgain(model, machine) };
  await fc.asyncModelRun(() => ({ model, real }), steps);
  const left = () => {
    const { open, sealed, gaps } = real.outbox.counts();
    return open + sealed + gaps.length;
  };
  while (left() > 0) {
    while (commands.sealOne(model, real));
    commands.sendTwo(model, real, "arrives");
  }
  checkConservation(model, real.outbox);
  checkNumbers(model, real.outbox);
  expect(real.outbox.counts()).toMatchObject({ bytes: 0, sent: 0 });
  await real.outbox.close();
}

const count = fc.integer({ min: 1, max: 12 });
const percent = fc.integer({ min: 0, max: 100 });
const minute = 60_000;
const steps = [
  count.map(commands.add),
  count.map(commands.add),
  count.map(commands.add),
  fc.constantFrom(commands.seal, commands.seal, commands.sealHeld(10 * minute)),
  fc.constantFrom(commands.seal, commands.sealHeld(minute)),
  fc.constantFrom(commands.send("arrives"), commands.send("is lost")),
  fc.constantFrom(commands.send("refused"), commands.send("conflict, none there")),
  fc.constantFrom(commands.send("conflict, some there"), commands.send("conflict, all there")),
  fc
    .tuple(percent, fc.integer({ min: 1, max: 30 }))
    .map(([from, length]) => commands.deleteWindow(from, length)),
  percent.map(commands.correct),
  fc.constantFrom(30_000, 5 * minute, 11 * minute).map(commands.pass),
  fc.constantFrom(-90 * minute, -7 * minute, 3 * minute, 120 * minute).map(commands.jump),
  fc.constantFrom("add", "seal", "mark", "settle", "delete" as const).map(commands.fullDisk),
  fc.constantFrom(commands.restart, commands.restart, commands.crash),
  fc.constantFrom(commands.newEpoch, commands.prune),
];

test("whatever happens on the way, each event arrives exactly once, or is told as lost, or was deleted by its owner", {
  timeout,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands(steps, { maxCommands: 40, size: "large" }), (chosen) =>
      playModel(chosen, Number.POSITIVE_INFINITY),
    ),
    { numRuns },
  );
});

test("when the outbox is too small, whatever did not arrive is told", { timeout }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.commands(steps, { maxCommands: 40, size: "large" }),
      fc.integer({ min: 1, max: 40 }),
      playModel,
    ),
    { numRuns },
  );
});
