import { loadavg } from "node:os";
import { measureAck } from "./ack.ts";
import { measureAgentDay } from "./agent-day.ts";
import { measureAgentLive } from "./agent-live.ts";
import type { Benchmark, Figure } from "./benchmark.ts";
import { buildIfStale } from "./build-if-stale.ts";
import { measureIngest } from "./ingest.ts";
import { describeMachine } from "./machine.ts";
import { describeUsage, readOptions, UsageError } from "./options.ts";
import type { StoreKind } from "./site/fresh-store.ts";
import { roundFigure } from "./statistics.ts";
import { measureStoredBytes } from "./stored-bytes.ts";
import { measureWireBytes } from "./wire-bytes.ts";

const benchmarks: readonly Benchmark[] = [
  measureIngest,
  measureAck,
  measureAgentDay,
  measureAgentLive,
  measureWireBytes,
  measureStoredBytes,
];

const tell = (line: string) => void process.stderr.write(`${line}\n`);

async function main(): Promise<void> {
  const { help, only } = readOptions(process.argv.slice(2), benchmarks);
  if (help) return void process.stdout.write(describeUsage(benchmarks));
  await buildIfStale(tell);
  const machine = describeMachine();
  const available: StoreKind[] = process.env.TEST_DATABASE_URL
    ? ["embedded", "server"]
    : ["embedded"];
  const wanted = (name: string) => only === null || only.has(name);
  for (const benchmark of benchmarks) {
    if (!benchmark.names.some(wanted)) continue;
    for (const store of available) {
      if (benchmark.stores !== "each" && benchmark.stores !== store) continue;
      const load = loadavg()[0]?.toFixed(1);
      tell(`${benchmark.names.join(", ")} (${store}); load average before: ${load}`);
      const figures = await benchmark.measure(store, (line) => tell(`  ${line}`));
      for (const figure of figures) if (wanted(figure.name)) print(figure, machine);
    }
  }
}

function print(figure: Figure, machine: string): void {
  const { name, store, value, unit, ratio, n } = figure;
  const line = {
    name,
    store,
    value: roundFigure(value),
    unit,
    ...(ratio !== undefined && { ratio: roundFigure(ratio) }),
    n,
    machine,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

main().catch((error: unknown) => {
  const isUsage = error instanceof UsageError;
  tell(error instanceof Error ? error.message : String(error));
  if (isUsage) tell("See: npm run bench -- --help");
  process.exitCode = isUsage ? 2 : 1;
});
