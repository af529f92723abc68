import type { CommandEntry } from "./command.ts";
import { markCommands } from "./commands/marks.ts";
import { permissionCommands } from "./commands/permission.ts";
import { recordCommands } from "./commands/record.ts";
import { setUpCommands } from "./commands/set-up.ts";
import { workCommands } from "./commands/work.ts";

/** Every command there is, in the order in which help lists them. */
export const commandTable: readonly CommandEntry[] = [
  ...workCommands,
  ...markCommands,
  ...permissionCommands,
  ...recordCommands,
  ...setUpCommands,
];

/** The command these words begin with, the longest that fits: `held delete` before `held`. */
export function findCommand(words: readonly string[]): CommandEntry | undefined {
  const fitting = commandTable.filter(({ words: own }) => startsWith(words, own.split(" ")));
  return fitting.sort((a, b) => b.words.length - a.words.length)[0];
}

/** The commands whose own words begin with these: of `task`, all that begin with it. */
export function findCommandsUnder(words: readonly string[]): readonly CommandEntry[] {
  return commandTable.filter(({ words: own }) => startsWith(own.split(" "), words));
}

function startsWith(words: readonly string[], start: readonly string[]): boolean {
  return start.every((word, index) => words[index] === word);
}
