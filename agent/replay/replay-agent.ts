import { createHash } from "node:crypto";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Ack } from "#schema/batch";
import { systemClock } from "../clock.ts";
import { enrol } from "../enrol.ts";
import { LOCK_FILE, lockAgentFolder } from "../folder-lock.ts";
import { openOutbox } from "../outbox.ts";
import type { SealedBatch } from "../seal-batch.ts";
import { type Sender, startSender } from "../sender.ts";
import type { LoggedSpan } from "./call-log.ts";
import { type CutBatch, cutBatches } from "./cut-batches.ts";

/** The agent of one person of the log: its own identity, outbox and connection, like any workstation's. */
export interface ReplayAgent {
  batches: CutBatch[];
  /** Hands a batch to the outbox; from there it goes by itself. */
  put: (sealed: SealedBatch) => void;
  sender: Sender;
  close: () => Promise<void>;
}

/** An agent's folder is named so that no name stands in a path. */
function agentFolder(folder: string, person: string): string {
  return join(folder, createHash("sha256").update(person).digest("hex").slice(0, 16));
}

interface ReplayAgentInput {
  site: { server: string; token: string };
  folder: string;
  person: string;
  spans: readonly LoggedSpan[];
  zone: string;
  onAck: (ack: Ack) => void;
}

/**
 * Enrols the agent of one person and cuts their batches. Every run begins with an empty outbox and sends
 * everything: the bytes are the same each time, so the site tells what it has already.
 * @throws AlreadyRunning when another replay has this person's agent open
 */
export async function openReplayAgent(input: ReplayAgentInput): Promise<ReplayAgent> {
  const folder = agentFolder(input.folder, input.person);
  const unlock = lockAgentFolder(folder);
  try {
    return await openLocked(input, folder, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

async function openLocked(
  input: ReplayAgentInput,
  folder: string,
  unlock: () => void,
): Promise<ReplayAgent> {
  const { site, person, zone } = input;
  for (const name of readdirSync(folder))
    if (name !== LOCK_FILE) rmSync(join(folder, name), { recursive: true, force: true });
  const { identity, epoch, charter } = await enrol({
    server: site.server,
    code: site.token,
    person,
    folder,
  });
  // What is put here is all on file: it must never make room by dropping the oldest.
  const unlimited = { bytes: Number.MAX_SAFE_INTEGER, events: Number.MAX_SAFE_INTEGER };
  const outbox = openOutbox(folder, { limits: unlimited, mirrorBytes: 0 });
  const sender = startSender({
    server: site.server,
    identity,
    outbox,
    clock: systemClock,
    random: Math.random,
    log: () => {},
    onAck: (_batch, ack) => input.onAck(ack),
  });
  return {
    batches: cutBatches(input.spans, {
      workstation: identity.workstation,
      epoch,
      charter: charter.sha256,
      zone,
    }),
    put: (sealed) => outbox.put(sealed),
    sender,
    async close() {
      await sender.stop();
      await outbox.close();
      unlock();
    },
  };
}
