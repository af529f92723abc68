import { sealBatch } from "#agent/seal-batch";
import { ack as ackSchema } from "#schema/batch";
import { demoZone } from "#schema/demo-site";
import { formatInZone } from "#schema/time";
import { type ConnectedAgent, connectAgent } from "./connect-agent.ts";
import { simulateYesterday, spansOfBatch } from "./simulated-spans.ts";
import type { LoadOrder, LoadResult } from "./work-order.ts";

/**
 * Many agents send what was sealed beforehand; timed from the first batch after the warm-up to the last
 * acknowledgement. @throws when any batch is not stored
 */
export async function sendLoad(order: LoadOrder): Promise<LoadResult> {
  const agents = await Promise.all(
    order.workstations.map((workstation) => connectAgent(order.url, workstation)),
  );
  const sealed = sealAll(order, agents);
  const lanes = agents.map(({ socket }, index) => ({ socket, batches: sealed[index] ?? [] }));
  await sendAsAcknowledged(lanes, 0, order.warmUp, order.window);
  const start = performance.now();
  const latencies =
    order.rate === null
      ? await sendAsAcknowledged(lanes, order.warmUp, order.batches, order.window)
      : await sendAtRate(lanes, order.warmUp, order.batches, order.rate);
  const seconds = (performance.now() - start) / 1000;
  for (const { socket } of agents) socket.disconnect();
  return { events: latencies.length * order.spansPerBatch, seconds, latencies };
}

interface Lane {
  socket: ConnectedAgent["socket"];
  batches: Uint8Array[];
}

function sealAll(order: LoadOrder, agents: readonly ConnectedAgent[]): Uint8Array[][] {
  const days = simulateYesterday(agents.length, order.now);
  return order.workstations.map(({ workstation, epoch }, index) =>
    Array.from({ length: order.batches }, (_, nth) => {
      const seq = order.firstSeq + nth;
      const { bytes } = sealBatch({
        workstation,
        epoch,
        seq,
        charter: agents[index]?.charter ?? "",
        sealedAt: formatInZone(order.now, demoZone),
        spans: spansOfBatch(days[index] ?? [], seq, order.spansPerBatch),
        marks: [],
        tallies: [],
      });
      return bytes;
    }),
  );
}

/** Each lane keeps up to `window` batches on their way, as an agent with a full outbox does. */
async function sendAsAcknowledged(
  lanes: readonly Lane[],
  from: number,
  to: number,
  window: number,
): Promise<number[]> {
  const latencies: number[] = [];
  await Promise.all(
    lanes.flatMap((lane) => {
      let next = from;
      const keepSending = async () => {
        while (next < to) latencies.push(await sendOne(lane, next++, performance.now()));
      };
      return Array.from({ length: window }, keepSending);
    }),
  );
  return latencies;
}

/** Batches leave when they are due, whatever became of those before; late ones are late from their due time. */
async function sendAtRate(
  lanes: readonly Lane[],
  from: number,
  to: number,
  rate: number,
): Promise<number[]> {
  const start = performance.now();
  const sent: Promise<number>[] = [];
  const total = (to - from) * lanes.length;
  while (sent.length < total) {
    const due = start + (sent.length / rate) * 1000;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const lane = lanes[sent.length % lanes.length];
    if (lane) sent.push(sendOne(lane, from + Math.floor(sent.length / lanes.length), due));
  }
  return await Promise.all(sent);
}

async function sendOne({ socket, batches }: Lane, nth: number, due: number): Promise<number> {
  const bytes = batches[nth];
  if (!bytes) throw new Error("there is no such batch");
  const ack = ackSchema.parse(await socket.emitWithAck("batch", bytes));
  if (ack.status !== "stored") throw new Error(`a batch was not stored: ${JSON.stringify(ack)}`);
  return performance.now() - due;
}
