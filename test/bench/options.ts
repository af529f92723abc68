import { parseArgs } from "node:util";
import type { Benchmark } from "./benchmark.ts";

/** The command line asks for something there is not; the message says what. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Which figures to print; null: all of them. */
export interface Options {
  help: boolean;
  only: ReadonlySet<string> | null;
}

/**
 * Reads the command line. `--only` takes one name or several, and may be repeated; what several names begin with
 * stands for them all. @throws UsageError
 */
export function readOptions(args: readonly string[], benchmarks: readonly Benchmark[]): Options {
  const { values, positionals } = parse(args);
  const names = [...(values.only ?? []), ...positionals].flatMap((text) => text.split(","));
  if (positionals.length > 0 && values.only === undefined)
    throw new UsageError(`Unexpected "${positionals[0]}". To choose figures: --only NAME…`);
  const known = benchmarks.flatMap((benchmark) => benchmark.names);
  const only = names.flatMap((name) => chooseFigures(name, known));
  return { help: values.help ?? false, only: values.only === undefined ? null : new Set(only) };
}

function chooseFigures(name: string, known: readonly string[]): string[] {
  const chosen = known.includes(name) ? [name] : known.filter((one) => one.startsWith(`${name}-`));
  if (chosen.length === 0)
    throw new UsageError(`There is no figure "${name}". There are: ${known.join(", ")}`);
  return chosen;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        only: { type: "string", multiple: true },
        help: { type: "boolean", short: "h" },
      },
      allowPositionals: true,
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** What `--help` prints. */
export function describeUsage(benchmarks: readonly Benchmark[]): string {
  const lines = benchmarks.map(({ names, about }) => `  ${names.join(", ")}\n      ${about}`);
  return `Usage: npm run bench [-- --only NAME…]

Measures Établi on this machine. Prints one JSON object a line on stdout, progress on stderr:
  { name, store, value, unit, ratio?, n, machine }

  --only NAME…   only these figures; agent-day stands for all that begin with it
  --help         this text

Figures:
${lines.join("\n")}

Environment:
  TEST_DATABASE_URL   a TimescaleDB server to measure as well as the embedded store; databases are made there
                      and dropped again

Examples:
  npm run bench
  npm run bench -- --only ingest ack-p99
  npm run bench -- --only agent-day agent-live
  TEST_DATABASE_URL=postgres://postgres@127.0.0.1/postgres npm run --silent bench > figures.jsonl

Exit codes: 0 done, 2 wrong usage, 1 anything else.
`;
}
