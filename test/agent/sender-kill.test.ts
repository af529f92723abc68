import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { z } from "zod";
import { systemClock } from "#agent/clock";
import { enrol } from "#agent/enrol";
import { openOutbox } from "#agent/outbox";
import { startSender } from "#agent/sender";
import { makeContext } from "./factories.ts";
import { makeFolder } from "./folder.ts";
import { hangUp, startSiteDouble } from "./site-double.ts";

const ROUNDS = 10;
const seed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000);

const line = z.object({
  added: z.number().optional(),
  acked: z.string().optional(),
  sha256: z.string().optional(),
  status: z.string().optional(),
});

async function workUntilKilled(folder: string, from: number, acks: number) {
  const words = ["--import", "tsx", "test/agent/sender-child.ts", folder, String(from)];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (piece: string) => {
    said += piece;
    if (said.split('"acked"').length > acks) child.kill("SIGKILL");
  });
  await new Promise((resolve) => child.on("close", resolve));
  const complete = said.slice(0, said.lastIndexOf("\n"));
  return complete.split("\n").map((text) => line.parse(JSON.parse(text)));
}

test(`an agent killed ${ROUNDS} times while recording and sending: each event arrives exactly once (seed ${seed})`, {
  timeout: 120_000,
}, async () => {
  const site = await startSiteDouble();
  const folder = makeFolder();
  const { identity } = await enrol({ server: site.server, code: "ABCD-EFGH", folder });
  const added = new Set<number>();
  const acked = new Map<string, string>();
  let random = seed;
  for (let round = 0; round < ROUNDS; round += 1) {
    random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
    // Now and then the connection breaks after the batch was taken and before the agent hears of it.
    if (round % 3 === 1)
      site.replies.push((batch, ack, socket) => {
        ack({ epoch: batch.epoch, seq: batch.seq, status: "stored" });
        hangUp(batch, ack, socket);
      });
    const from = Math.max(-1, ...added) + 1_000;
    for (const said of await workUntilKilled(folder, from, 1 + (random % 12))) {
      if (said.added !== undefined) added.add(said.added);
      if (said.acked !== undefined) acked.set(said.acked, said.sha256 ?? "");
    }
  }
  const outbox = openOutbox(folder);
  expect(outbox.loss).toBe(null);
  while (outbox.seal(makeContext()));
  const random01 = () => 0;
  const options = { server: site.server, identity, outbox, clock: systemClock, log: () => {} };
  const sender = startSender({ ...options, random: random01 });
  await sender.flushed();
  await sender.stop();
  await outbox.close();
  await site.close();

  const hashes = new Map<string, string>();
  const tasks: string[] = [];
  for (const { batch, sha256 } of site.received) {
    const name = `${batch.epoch}/${batch.seq}`;
    if (!hashes.has(name)) tasks.push(...batch.spans.map(({ task }) => task ?? ""));
    expect(hashes.get(name) ?? sha256, `${name} came twice with other content`).toBe(sha256);
    hashes.set(name, sha256);
  }
  expect(new Set(tasks).size).toBe(tasks.length);
  for (const task of added) expect(tasks).toContain(String(task));
  for (const [name, sha256] of acked) expect(site.stored.get(name)).toBe(sha256);
  expect(acked.size).toBeGreaterThan(ROUNDS / 2);
});
