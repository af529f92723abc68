import { afterEach } from "vitest";
import { openOutbox } from "#agent/outbox";
import { type SenderOptions, type SenderState, startSender } from "#agent/sender";
import type { Ack } from "#schema/batch";
import { makeContext, makeIdentity, makeSpan } from "./factories.ts";
import { makeFolder } from "./folder.ts";
import { makeManualClock } from "./manual-clock.ts";
import { startSiteDouble } from "./site-double.ts";

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** Waits for something a real socket brings, without a fixed wait; a test that hangs is ended by vitest. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

/** An outbox and its sender, at a site that does as it is told; all ended after the test. */
export async function makeWorkstation(options: Partial<SenderOptions> = {}) {
  const site = await startSiteDouble();
  endings.push(() => site.close());
  const clock = makeManualClock();
  const folder = makeFolder();
  const disk = { free: Number.POSITIVE_INFINITY };
  const outbox = openOutbox(folder, { clock, freeBytes: () => disk.free });
  endings.push(() => outbox.close());
  const { identity, publicKey } = makeIdentity(site.server);
  site.publicKey = publicKey;
  const states: SenderState[] = [];
  const acks: Ack[] = [];
  const lines: string[] = [];
  const start = (more: Partial<SenderOptions> = {}) => {
    const sender = startSender({
      server: site.server,
      identity,
      outbox,
      clock,
      random: () => 0.999,
      log: (line) => lines.push(line),
      onAck: (_batch, ack) => acks.push(ack),
      onState: (state) => states.push(state),
      ...options,
      ...more,
    });
    endings.push(() => sender.stop());
    return sender;
  };
  const seal = (count: number) => {
    for (let n = 0; n < count; n += 1) {
      outbox.add({ spans: [makeSpan()] });
      outbox.seal(makeContext());
    }
  };
  /** Waits until the sender waits, then lets just that time pass; gives its length in ms. */
  const passWait = async () => {
    await until(() => states.at(-1)?.kind === "waiting");
    const wait = clock.nextDue() ?? 0;
    clock.advance(wait);
    return wait;
  };
  return {
    site,
    outbox,
    identity,
    folder,
    disk,
    clock,
    states,
    acks,
    lines,
    start,
    seal,
    passWait,
  };
}
