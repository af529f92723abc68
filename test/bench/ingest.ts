import { bareResult, type StatementForm } from "./bare/bare-order.ts";
import type { Benchmark, Figure } from "./benchmark.ts";
import { type BatchRange, type LoadOrder, loadResult } from "./load/work-order.ts";
import { runChild } from "./process/run-child.ts";
import { enrolWorkstations } from "./site/enrol-workstations.ts";
import { type FreshStore, makeFreshStore, type StoreKind, withStore } from "./site/fresh-store.ts";
import { runServer } from "./site/run-server.ts";
import { median, percentile } from "./statistics.ts";

const AGENTS = 50;
const SPANS_PER_BATCH = 100;
/** As the agent's sender has it. */
const WINDOW = 4;
const ROUNDS = 5;
const WARM_UP = 10;
/** Batches of each agent in a round after the warm-up. */
const BATCHES = { embedded: 60, server: 100 };

const forms: StatementForm[] = [
  { shape: "values", rows: 500 },
  { shape: "values", rows: 2000 },
  { shape: "unnest", rows: 1000 },
  { shape: "unnest", rows: 5000 },
  { shape: "unnest", rows: 10_000 },
  { shape: "unnest", rows: 20_000 },
];

const bareProgram = new URL("./bare/bare-child.ts", import.meta.url);
const loadProgram = new URL("./load/load-child.ts", import.meta.url);

/** Acknowledged events a second through the whole path, in turns with the bare insert of the same rows. */
export const measureIngest: Benchmark = {
  names: ["ingest", "bare-insert", "ack-p50-full", "ack-p99-full"],
  about:
    "acknowledged events a second of 50 agents, and the bare insert of the same rows it is compared with; " +
    "time to the acknowledgement meanwhile",
  stores: "each",
  async measure(kind, tell) {
    const store = await makeFreshStore(kind);
    try {
      const workstations = await withStore(store.location, (open) =>
        enrolWorkstations(open, AGENTS),
      );
      const range = {
        workstations,
        now: Date.now(),
        warmUp: WARM_UP,
        batches: WARM_UP + BATCHES[kind],
        spansPerBatch: SPANS_PER_BATCH,
      };
      const form = await chooseForm(store, { ...range, firstSeq: 1 }, tell);
      const rounds: Round[] = [];
      for (let round = 1; round <= ROUNDS; round++) {
        const own = { ...range, firstSeq: round * range.batches + 1 };
        rounds.push(await runRound(store, own, form, round % 2 === 0));
        tell(describeRound(round, rounds.at(-1)));
      }
      return summarise(kind, rounds);
    } finally {
      await store.drop();
    }
  },
};

interface Round {
  whole: number;
  bare: number;
  events: number;
  latencies: number[];
}

/** The fastest way to write the bare insert on this store. */
async function chooseForm(
  store: FreshStore,
  range: BatchRange,
  tell: (line: string) => void,
): Promise<StatementForm> {
  const order = { ...range, batches: range.warmUp + 20, location: store.location, forms };
  const { rates } = await runChild(bareProgram, order, bareResult);
  for (const [nth, { shape, rows }] of forms.entries())
    tell(`bare insert, ${shape} of ${rows} rows: ${Math.round(rates[nth] ?? 0)} rows/s`);
  const best = forms[rates.indexOf(Math.max(...rates))];
  if (!best) throw new Error("no form of the bare insert was tried");
  return best;
}

/** Both sides once, on the same rows; they change places from round to round. */
async function runRound(
  store: FreshStore,
  range: BatchRange,
  form: StatementForm,
  bareFirst: boolean,
): Promise<Round> {
  const runBare = async () => {
    const order = { ...range, location: store.location, forms: [form] };
    const { rates } = await runChild(bareProgram, order, bareResult);
    return rates[0] ?? 0;
  };
  const before = bareFirst ? await runBare() : null;
  const { events, seconds, latencies } = await runWhole(store, range);
  return { whole: events / seconds, bare: before ?? (await runBare()), events, latencies };
}

async function runWhole(store: FreshStore, range: BatchRange) {
  const server = await runServer(store);
  try {
    const order: LoadOrder = { ...range, url: server.url, window: WINDOW, rate: null };
    return await runChild(loadProgram, order, loadResult);
  } finally {
    await server.stop();
  }
}

function describeRound(number: number, round: Round | undefined): string {
  if (!round) return "";
  const { whole, bare } = round;
  return `round ${number} of ${ROUNDS}: ${Math.round(whole)} events/s, bare ${Math.round(bare)} rows/s, ratio ${(whole / bare).toFixed(3)}`;
}

function summarise(store: StoreKind, rounds: readonly Round[]): Figure[] {
  const n = rounds.reduce((sum, { events }) => sum + events, 0);
  const latencies = rounds.flatMap((round) => round.latencies);
  const latency = (share: number) => ({
    store,
    value: percentile(latencies, share),
    unit: "ms",
    n: latencies.length,
  });
  return [
    {
      name: "ingest",
      store,
      value: median(rounds.map(({ whole }) => whole)),
      unit: "events/s",
      ratio: median(rounds.map(({ whole, bare }) => whole / bare)),
      n,
    },
    {
      name: "bare-insert",
      store,
      value: median(rounds.map(({ bare }) => bare)),
      unit: "rows/s",
      n,
    },
    { name: "ack-p50-full", ...latency(0.5) },
    { name: "ack-p99-full", ...latency(0.99) },
  ];
}
