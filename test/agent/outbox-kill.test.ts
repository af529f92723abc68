import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { z } from "zod";
import { openOutbox } from "#agent/outbox";
import { batch as batchSchema } from "#schema/batch";
import { makeContext } from "./factories.ts";
import { makeFolder } from "./folder.ts";

const ROUNDS = 20;
const seed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000);

const line = z.object({
  added: z.number().optional(),
  sealed: z.number().optional(),
  sha256: z.string().optional(),
  settling: z.number().optional(),
  bytes: z.string().optional(),
  settled: z.number().optional(),
  loss: z.string().optional(),
});

/** Runs the child until it has said `lines` lines, kills it there with SIGKILL, and gives all it said. */
async function workUntilKilled(folder: string, from: number, lines: number) {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "test/agent/outbox-child.ts", folder, String(from)],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  let said = "";
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (piece: string) => {
    said += piece;
    if (said.split("\n").length > lines) child.kill("SIGKILL");
  });
  await new Promise((resolve) => child.on("close", resolve));
  const complete = said.slice(0, said.lastIndexOf("\n"));
  return complete.split("\n").map((text) => line.parse(JSON.parse(text)));
}

test(`killed ${ROUNDS} times at any instant: all that was kept is there, no number is used twice (seed ${seed})`, {
  timeout: 120_000,
}, async () => {
  const folder = makeFolder();
  const added = new Set<number>();
  const sealed = new Map<number, string>();
  const settled = new Map<number, string>();
  let random = seed;
  let next = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
    for (const said of await workUntilKilled(folder, next, 2 + (random % 60))) {
      expect(said.loss).toBeUndefined();
      if (said.added !== undefined) added.add(said.added);
      if (said.sealed !== undefined) {
        expect(sealed.has(said.sealed)).toBe(false);
        sealed.set(said.sealed, said.sha256 ?? "");
      }
      // Settling is said before as well: the kill may fall between the commit and the word of it.
      if (said.settling !== undefined) settled.set(said.settling, said.bytes ?? "");
    }
    next = Math.max(-1, ...added) + 1_000;
  }
  const outbox = openOutbox(folder);
  expect(outbox.loss).toBe(null);
  while (outbox.seal(makeContext()));
  const pending = outbox.pending(10_000);
  const texts = [
    ...pending.map(({ bytes }) => Buffer.from(bytes).toString("utf8")),
    ...[...settled].filter(([seq]) => !pending.some((p) => p.seq === seq)).map(([, text]) => text),
  ];
  const found = texts.flatMap((text) => batchSchema.parse(JSON.parse(text)).spans);
  const numbers = found.map(({ task }) => Number(task));
  expect(new Set(numbers).size).toBe(numbers.length);
  for (const n of added) expect(numbers).toContain(n);
  for (const { seq, sha256 } of pending) expect(sealed.get(seq) ?? sha256).toBe(sha256);
  expect(outbox.lastSeq).toBeGreaterThanOrEqual(Math.max(...sealed.keys()));
  await outbox.close();
});
