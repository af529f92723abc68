import { parseArgs } from "node:util";
import type { Command } from "./command.ts";
import { findCommand, findCommandsUnder } from "./command-table.ts";
import { type Given, options } from "./options.ts";
import type { Today } from "./read-time.ts";
import { UsageError } from "./usage-error.ts";

/** Reads the command line. @throws UsageError */
export function readArguments(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  today: Today,
): Command {
  const { given, words } = parse(argv);
  if (given.help) return { name: "help", about: words };
  if (words[0] === "help") return { name: "help", about: words.slice(1) };
  if (given.version) return { name: "version" };
  if (words.length === 0) throw new UsageError("Say what to do.");
  const entry = findCommand(words);
  if (!entry) throw unknownCommand(words);
  const allowed: readonly string[] = entry.options ?? [];
  for (const option of Object.keys(given))
    if (!allowed.includes(option))
      throw new UsageError(`--${option} does not go with "${entry.words}".`);
  const rest = words.slice(entry.words.split(" ").length);
  const [least, most] = entry.count ?? [0, 0];
  if (rest.length < least)
    throw new UsageError(`"${entry.words}" needs more words: ${entry.operands ?? ""}`);
  if (rest.length > most)
    throw new UsageError(
      `"${entry.words}" has a word too many: ${rest[most]}. Put a name of several words in quotes.`,
    );
  return entry.read({ words: rest, given, env, today });
}

function unknownCommand(words: readonly string[]): UsageError {
  const [first = ""] = words;
  const under = findCommandsUnder([first]);
  if (under.length === 0) return new UsageError(`There is no command "${first}".`);
  const names = under.map((entry) => entry.words.split(" ").at(-1)).join(", ");
  return new UsageError(`"${first}" goes on with one of: ${names}.`);
}

function parse(argv: readonly string[]): { given: Given; words: string[] } {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
    return { given: values, words: positionals };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
