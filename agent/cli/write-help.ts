import { type CommandEntry, groups } from "./command.ts";
import { commandTable, findCommand, findCommandsUnder } from "./command-table.ts";
import { type OptionName, optionHelp } from "./options.ts";
import { UsageError } from "./usage-error.ts";

/** The help of a command, of several that begin alike, or of all. @throws UsageError when there is none */
export function writeHelp(about: readonly string[]): string {
  if (about.length === 0) return overview();
  const exact = findCommand(about);
  const under = findCommandsUnder(about);
  if (under.length > 1)
    return [...(exact ? [detail(exact)] : []), list(under.filter((entry) => entry !== exact))]
      .filter((part) => part !== "")
      .join("\n");
  if (!exact) throw new UsageError(`There is no command "${about.join(" ")}".`);
  return detail(exact);
}

function overview(): string {
  const parts = groups.map(
    (group) => `${group}\n${list(commandTable.filter((entry) => entry.group === group))}`,
  );
  return `etabli: your side of what is recorded at this workstation

${parts.join("\n")}
Each command: etabli <command> --help
The agent's folder is $ETABLI_AGENT_HOME, else where this system keeps data for one person.
Exit codes: 0 done, 2 wrong usage, 3 bad input file, 1 anything else.
`;
}

function list(entries: readonly CommandEntry[]): string {
  return columns(entries.map((entry) => [synopsis(entry), entry.summary]));
}

function synopsis({ words, operands }: CommandEntry): string {
  return operands === undefined ? words : `${words} ${operands}`;
}

function detail(entry: CommandEntry): string {
  const names = entry.options ?? [];
  const parts = [
    `etabli ${synopsis(entry)}${names.length > 0 ? " [options]" : ""}\n`,
    `${sentence(entry.summary)}\n`,
    ...(entry.notes === undefined ? [] : [`${entry.notes}\n`]),
    ...(names.length === 0 ? [] : [`Options\n${columns(names.map((name) => told(entry, name)))}`]),
    `Examples\n${columns(entry.examples.map(([line, what]) => [`etabli ${line}`, what]))}`,
  ];
  return parts.join("\n");
}

function told(entry: CommandEntry, name: OptionName): [string, string] {
  const [written, about] = optionHelp[name];
  return [written, entry.optionHelp?.[name] ?? about];
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

/** Two columns; a long first one has a line of its own. */
function columns(rows: readonly (readonly [string, string])[]): string {
  const lengths = rows.map(([left]) => left.length).filter((length) => length <= 38);
  const width = Math.max(0, ...lengths);
  return rows
    .map(([left, right]) =>
      left.length > width
        ? `  ${left}\n  ${" ".repeat(width)}   ${right}\n`
        : `  ${left.padEnd(width)}   ${right}\n`,
    )
    .join("");
}
