import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "#agent/clock";
import { enrol } from "#agent/enrol";
import { openOutbox } from "#agent/outbox";
import { startSender } from "#agent/sender";
import type { Mark, Span } from "#schema/activity";
import type { Ack } from "#schema/batch";
import { formatInZone } from "#schema/time";

/** An enrolled workstation that sends what a test gives it, by the agent's own outbox and sender. */
export interface TestAgent {
  workstation: string;
  /** Sends these in one batch; done when the site has acknowledged it as stored, fails when it does not take it. */
  send(events: { spans?: Span[]; marks?: Mark[] }): Promise<void>;
  close(): Promise<void>;
}

/** Enrols a workstation at `server` and connects it; `now` is the clock its batches are sealed by. */
export async function openTestAgent(options: {
  server: string;
  code: string;
  now: () => number;
}): Promise<TestAgent> {
  const { server, code, now } = options;
  const folder = mkdtempSync(join(tmpdir(), "etabli-agent-"));
  const { identity, epoch, charter } = await enrol({ server, code, folder });
  const outbox = openOutbox(folder);
  const waiting = new Map<number, (ack: Ack) => void>();
  const sender = startSender({
    server,
    identity,
    outbox,
    clock: { ...systemClock, now },
    random: Math.random,
    log: () => {},
    onAck: (_batch, ack) => waiting.get(ack.seq)?.(ack),
  });
  return {
    workstation: identity.workstation,
    async send({ spans = [], marks = [] }) {
      outbox.addAll({ spans, marks });
      const sealedAt = formatInZone(now(), identity.zone);
      const { workstation } = identity;
      const context = { workstation, epoch, charter: charter.sha256, sealedAt };
      const acknowledged = new Promise<Ack>((resolve) => waiting.set(outbox.lastSeq + 1, resolve));
      outbox.seal(context);
      const ack = await acknowledged;
      if (ack.status !== "stored") throw new Error(`not stored: ${JSON.stringify(ack)}`);
    },
    async close() {
      await sender.stop();
      await outbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
