import type { Benchmark } from "./benchmark.ts";
import { type LoadOrder, loadResult } from "./load/work-order.ts";
import { runChild } from "./process/run-child.ts";
import { enrolWorkstations } from "./site/enrol-workstations.ts";
import { makeFreshStore, withStore } from "./site/fresh-store.ts";
import { runServer } from "./site/run-server.ts";
import { percentile } from "./statistics.ts";

const AGENTS = 50;
const SPANS_PER_BATCH = 100;
const SECONDS = 30;
const WARM_UP = 5;

const loadProgram = new URL("./load/load-child.ts", import.meta.url);

/** How long an agent waits for its acknowledgement while the site has time to spare. */
export const measureAck: Benchmark = {
  names: ["ack-p50", "ack-p99"],
  about: `time to the acknowledgement at ${AGENTS * SPANS_PER_BATCH} events/s: ${AGENTS} agents, each a batch of ${SPANS_PER_BATCH} a second`,
  stores: "each",
  async measure(kind, tell) {
    const store = await makeFreshStore(kind);
    try {
      const workstations = await withStore(store.location, (open) =>
        enrolWorkstations(open, AGENTS),
      );
      const server = await runServer(store);
      try {
        tell(`sending for ${SECONDS} s`);
        const order: LoadOrder = {
          url: server.url,
          workstations,
          now: Date.now(),
          firstSeq: 1,
          warmUp: WARM_UP,
          batches: WARM_UP + SECONDS,
          spansPerBatch: SPANS_PER_BATCH,
          window: 1,
          rate: AGENTS,
        };
        const { latencies } = await runChild(loadProgram, order, loadResult);
        return [0.5, 0.99].map((share) => ({
          name: share === 0.5 ? "ack-p50" : "ack-p99",
          store: kind,
          value: percentile(latencies, share),
          unit: "ms",
          n: latencies.length,
        }));
      } finally {
        await server.stop();
      }
    } finally {
      await store.drop();
    }
  },
};
