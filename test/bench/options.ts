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

/** Reads the command line. `--only` takes one name or several, and may be repeated. @throws UsageError */
export function readOptions(args: readonly string[], benchmarks: readonly Benchmark[]): Options {
  const { values, positionals } = parse(args);
  const names = [...(values.only ?? []), ...positionals].flatMap((text) => text.split(","));
  if (positionals.length > 0 && values.only === undefined)
    throw new UsageError(`Unexpected "${positionals[0]}". To choose figures: --only NAME…`);
  const known = benchmarks.flatMap((benchmark) => benchmark.names);
  for (const name of names)
    if (!known.includes(name))
      throw new UsageError(`There is no figure "${name}". There are: ${known.join(", ")}`);
  return { help: values.help ?? false, only: values.only === undefined ? null : new Set(names) };
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

  --only NAME…   only these figures
  --help         this text

Figures:
${lines.join("\n")}

Environment:
  TEST_DATABASE_URL   a TimescaleDB server to measure as well as the embedded store; databases are made there
                      and dropped again

Examples:
  npm run bench
  npm run bench -- --only ingest ack-p99
  TEST_DATABASE_URL=postgres://postgres@127.0.0.1/postgres npm run --silent bench > figures.jsonl

Exit codes: 0 done, 2 wrong usage, 1 anything else.
`;
}
