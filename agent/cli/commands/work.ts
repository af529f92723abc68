import { workKinds } from "#schema/activity";
import { ask, type CommandEntry, type Line } from "../command.ts";
import type { OptionName } from "../options.ts";
import { readComing, readDuration } from "../read-time.ts";
import { UsageError } from "../usage-error.ts";

const taskOptions: readonly OptionName[] = [
  "queue",
  "task",
  "allotted",
  "due",
  "remaining",
  "origin",
  "scripted",
  "complexity",
  "waiting-on",
  "json",
];

const kinds = `Kinds: ${workKinds.slice(0, 7).join(" ")}\n       ${workKinds.slice(7).join(" ")}`;

export const workCommands: readonly CommandEntry[] = [
  {
    words: "task start",
    group: "Work",
    operands: "<kind> [label]",
    count: [1, 2],
    summary: "say what you are working on; the task before ends",
    options: taskOptions,
    notes: kinds,
    examples: [
      ["task start contact billing", "a contact from the queue billing"],
      ["task start case --task 4711 --due 14:30 --remaining 40m", "a case with a deadline"],
      ["task start contact --queue chat --allotted 5m --scripted", "with the time given for it"],
      ["task start break", "a break"],
    ],
    read: (line) => ask({ command: "task-start", ...readTask(line) }, line),
  },
  {
    words: "task switch",
    group: "Work",
    operands: "<kind> [label]",
    count: [1, 2],
    summary: "the same, but the task before is put aside, to come back to",
    options: taskOptions,
    notes: kinds,
    examples: [
      ["task switch contact billing", "take a contact in between"],
      ["task back", "and go on with what was put aside"],
    ],
    read: (line) => ask({ command: "task-switch", ...readTask(line) }, line),
  },
  {
    words: "task park",
    group: "Work",
    summary: "put the task aside",
    options: ["json"],
    examples: [["task park", "nothing is under way until the next task, or: etabli task back"]],
    read: (line) => ask({ command: "task-park" }, line),
  },
  {
    words: "task back",
    group: "Work",
    summary: "go on with what was put aside last; an interruption is over with it",
    options: ["task", "json"],
    optionHelp: { task: "the number of the task that was put aside" },
    examples: [
      ["task back", "the task that was put aside last"],
      ["task back --task 4711", "this one"],
    ],
    read: readBack,
  },
  {
    words: "back",
    group: "Work",
    summary: "the same, shorter",
    options: ["task", "json"],
    optionHelp: { task: "the number of the task that was put aside" },
    examples: [["back", "the interruption is over, on with the task"]],
    read: readBack,
  },
  {
    words: "task stop",
    group: "Work",
    summary: "the task is done",
    options: ["json"],
    examples: [["task stop", "it ends now"]],
    read: (line) => ask({ command: "task-stop" }, line),
  },
];

function readBack(line: Line) {
  return ask({ command: "task-back", task: line.given.task }, line);
}

function readTask({ words, given, today }: Line) {
  const [kind, label] = words;
  if (label !== undefined && given.queue !== undefined)
    throw new UsageError("The label stands twice: as a word and as --queue.");
  const { allotted, due, remaining, complexity } = given;
  return {
    kind,
    label: label ?? given.queue,
    task: given.task,
    origin: given.origin,
    ...(allotted !== undefined && { allotted: readDuration(allotted, "--allotted", "seconds") }),
    ...(due !== undefined && { due: readComing(due, "--due", today) }),
    ...(remaining !== undefined && { remaining: readRemaining(remaining) }),
    ...(given.scripted && { scripted: true }),
    ...(complexity !== undefined && { complexity: readComplexity(complexity) }),
    waitingOn: given["waiting-on"],
  };
}

/** Work still expected, in minutes. */
export function readRemaining(text: string): number {
  return readDuration(text, "--remaining", "minutes") / 60;
}

/** How demanding it is: 1, 2 or 3. @throws UsageError */
export function readComplexity(text: string): number {
  if (!/^[123]$/.test(text))
    throw new UsageError("--complexity is 1 (routine), 2 (ordinary) or 3 (made to measure).");
  return Number(text);
}
