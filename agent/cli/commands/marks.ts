import { ask, type CommandEntry, type Line } from "../command.ts";
import type { OptionName } from "../options.ts";
import { readComing } from "../read-time.ts";
import { UsageError } from "../usage-error.ts";
import { readRemaining } from "./work.ts";

const markOptions: readonly OptionName[] = ["task", "origin", "json"];

export const markCommands: readonly CommandEntry[] = [
  {
    words: "mark interrupt",
    group: "Marks",
    operands: "[contact|colleague|system|self]",
    count: [0, 1],
    summary: "something takes you off your task, which is put aside",
    options: markOptions,
    examples: [
      ["mark interrupt colleague", "a colleague came by"],
      ["back", "it is over, on with the task"],
    ],
    read: (line) => mark(line, "interrupt"),
  },
  {
    words: "mark over",
    group: "Marks",
    summary: "the interruption is over, but the task stays aside",
    options: ["json"],
    examples: [["mark over", "for an interruption after which you do something else"]],
    read: (line) => ask({ command: "mark-end", kind: "interrupt" }, line),
  },
  {
    words: "mark conflict",
    group: "Marks",
    operands: "[label]",
    count: [0, 1],
    summary: "two demands cannot both be met",
    options: markOptions,
    examples: [["mark conflict", "noted with the time, no more"]],
    read: (line) => mark(line, "priority_conflict"),
  },
  {
    words: "mark difficult",
    group: "Marks",
    operands: "[label]",
    count: [0, 1],
    summary: "this contact is a difficult one",
    options: markOptions,
    examples: [["mark difficult", "noted with the time, no more"]],
    read: (line) => mark(line, "difficult_contact"),
  },
  {
    words: "mark off-script",
    group: "Marks",
    operands: "[reason]",
    count: [0, 1],
    summary: "you leave the script, because it does not fit",
    options: markOptions,
    examples: [['mark off-script "case not foreseen"', "with a reason of a few words"]],
    read: (line) => mark(line, "off_script"),
  },
  {
    words: "mark help",
    group: "Marks",
    operands: "[label]",
    count: [0, 1],
    summary: "you asked for help; open until it is answered",
    options: markOptions,
    examples: [
      ["mark help network", "help asked"],
      ["mark answered", "and answered"],
    ],
    read: (line) => mark(line, "help_request"),
  },
  {
    words: "mark answered",
    group: "Marks",
    summary: "the help you asked for came",
    options: ["json"],
    examples: [["mark answered", "closes: etabli mark help"]],
    read: (line) => ask({ command: "mark-end", kind: "help_request" }, line),
  },
  {
    words: "mark deadline",
    group: "Marks",
    operands: "[label]",
    count: [0, 1],
    summary: "something is due",
    options: ["due", "remaining", ...markOptions],
    examples: [
      ["mark deadline --due 16:00 --remaining 45m", "due at four, three quarters of an hour left"],
      ["mark deadline --due 2026-11-27T12:00:00+01:00 --task 4711", "on another day"],
    ],
    read(line) {
      const { due, remaining } = line.given;
      if (due === undefined) throw new UsageError("When is it due? Add --due 14:30");
      return mark(line, "deadline", {
        due: readComing(due, "--due", line.today),
        ...(remaining !== undefined && { remaining: readRemaining(remaining) }),
      });
    },
  },
  {
    words: "mark training-cancelled",
    group: "Marks",
    operands: "[cause]",
    count: [0, 1],
    summary: "a training of yours was cancelled",
    options: markOptions,
    examples: [["mark training-cancelled understaffed", "with its cause"]],
    read: (line) => mark(line, "training_cancelled"),
  },
  {
    words: "mark incident",
    group: "Marks",
    operands: "[component]",
    count: [0, 1],
    summary: "a tool fails; your task is put aside, as with: task switch tech_incident",
    options: ["task", "json"],
    examples: [
      ["mark incident crm", "the customer file does not answer"],
      ["task back", "it works again"],
    ],
    read: (line) =>
      ask(
        {
          command: "task-switch",
          kind: "tech_incident",
          label: line.words[0],
          task: line.given.task,
        },
        line,
      ),
  },
];

function mark(line: Line, kind: string, more: Record<string, unknown> = {}) {
  const { task, origin } = line.given;
  return ask({ command: "mark", kind, label: line.words[0], task, origin, ...more }, line);
}
