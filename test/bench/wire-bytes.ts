import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "#agent/clock";
import { type Enrolment, enrol } from "#agent/enrol";
import { type Outbox, openOutbox } from "#agent/outbox";
import { type Sender, startSender } from "#agent/sender";
import type { SimulatedDay } from "#agent/simulator/simulate-day";
import { demoZone } from "#schema/demo-site";
import { formatInZone } from "#schema/time";
import type { Benchmark } from "./benchmark.ts";
import { countTraffic } from "./desk/count-traffic.ts";
import { cutAsSealed, simulateShift } from "./desk/sealed-shift.ts";
import { prepareBenchSite } from "./site/enrol-workstations.ts";
import { makeFreshStore, withStore } from "./site/fresh-store.ts";
import { runServer } from "./site/run-server.ts";

const PEOPLE = 10;

/** What one event costs on the network, from handshake to last acknowledgement. */
export const measureWireBytes: Benchmark = {
  names: ["wire-bytes", "wire-bytes-backlog"],
  about:
    "bytes on the wire for one event, both ways, over a simulated shift: sealed every 15 s as it happens, " +
    "or sent as one backlog",
  stores: "embedded",
  async measure(kind, tell) {
    const store = await makeFreshStore(kind);
    const folder = mkdtempSync(join(tmpdir(), "etabli-wire-"));
    try {
      const { token, names } = await withStore(store.location, (open) =>
        prepareBenchSite(open, 2 * PEOPLE),
      );
      const server = await runServer(store);
      try {
        const sent = { live: noTraffic(), backlog: noTraffic() };
        for (const [nth, { live, shift }] of shiftsToSend(Date.now()).entries()) {
          const person = names[nth] ?? "";
          const place = join(folder, String(nth));
          const enrolment = await enrol({ server: server.url, code: token, person, folder: place });
          const pieces = live ? cutAsSealed(shift) : [{ ...shift, at: Date.now() }];
          const total = sent[live ? "live" : "backlog"];
          total.bytes += await sendPieces(place, enrolment, pieces);
          total.events += shift.spans.length + shift.marks.length;
          tell(`shift ${nth + 1} of ${2 * PEOPLE}: ${total.events} events, ${total.bytes} bytes`);
        }
        return [
          { name: "wire-bytes", store: kind, unit: "bytes/event", ...perEvent(sent.live) },
          {
            name: "wire-bytes-backlog",
            store: kind,
            unit: "bytes/event",
            ...perEvent(sent.backlog),
          },
        ];
      } finally {
        await server.stop();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
      await store.drop();
    }
  },
};

const noTraffic = () => ({ bytes: 0, events: 0 });
const perEvent = ({ bytes, events }: { bytes: number; events: number }) => ({
  value: bytes / events,
  n: events,
});

/** The same shifts twice: as they happen, and as a backlog. */
function shiftsToSend(now: number): { live: boolean; shift: SimulatedDay }[] {
  const shifts: SimulatedDay[] = [];
  for (let person = 0; shifts.length < PEOPLE; person++) {
    const shift = simulateShift(person, 2, now);
    if (shift) shifts.push(shift);
  }
  return [true, false].flatMap((live) => shifts.map((shift) => ({ live, shift })));
}

/** Sends through the agent's own outbox and sender. @returns bytes both ways */
async function sendPieces(
  folder: string,
  { identity, charter, epoch }: Enrolment,
  pieces: readonly (SimulatedDay & { at: number })[],
): Promise<number> {
  const wire = await countTraffic(identity.server);
  const outbox = openOutbox(folder);
  const sender = startSender({
    server: wire.url,
    identity,
    outbox,
    clock: systemClock,
    random: Math.random,
    log: () => {},
  });
  try {
    for (const { at, spans, marks } of pieces) {
      outbox.addAll({ spans, marks });
      const sealedAt = formatInZone(at, demoZone);
      const context = { workstation: identity.workstation, epoch, charter: charter.sha256 };
      while (outbox.seal({ ...context, sealedAt }));
      await flushOrExplain(sender, outbox);
    }
    const { sent, received } = wire.traffic();
    return sent + received;
  } finally {
    await sender.stop();
    await outbox.close();
    await wire.close();
  }
}

async function flushOrExplain(sender: Sender, outbox: Outbox): Promise<void> {
  await sender.flushed();
  const [refused] = outbox.readDeadLetters();
  if (refused) throw new Error(`the site did not take a batch: ${JSON.stringify(refused.ack)}`);
}
