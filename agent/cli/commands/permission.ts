import { categoryIds } from "#schema/charter";
import { MAX_HOLD_BACK_MINUTES } from "../../control/messages.ts";
import { ask, type CommandEntry, type Line } from "../command.ts";
import { readDuration } from "../read-time.ts";
import { UsageError } from "../usage-error.ts";

const USUAL_PAUSE_MINUTES = 30;

export const permissionCommands: readonly CommandEntry[] = [
  {
    words: "pause",
    group: "Your say",
    operands: "[minutes]",
    count: [0, 1],
    summary: "record nothing for half an hour, or as long as you say",
    options: ["for", "until-shift-ends", "json"],
    notes:
      "Nothing is recorded in between, nothing filled in afterwards, and nothing tells a pause from an absence.",
    examples: [
      ["pause", "for 30 minutes"],
      ["pause 60", "for an hour"],
      ["pause --until-shift-ends", "for the rest of the shift"],
      ["resume", "sooner"],
    ],
    read: (line) => ask({ command: "pause", until: readPause(line) }, line),
  },
  {
    words: "private",
    group: "Your say",
    summary: "record nothing until you say so",
    options: ["json"],
    examples: [
      ["private", "also across a restart of this machine"],
      ["resume", "record again"],
    ],
    read: (line) => ask({ command: "pause", until: "resumed" }, line),
  },
  {
    words: "resume",
    group: "Your say",
    summary: "record again",
    options: ["json"],
    examples: [["resume", "ends a pause, or private time"]],
    read: (line) => ask({ command: "resume" }, line),
  },
  {
    words: "category",
    group: "Your say",
    operands: "<name> on|off",
    count: [2, 2],
    summary: "switch for yourself what the charter leaves to each person",
    options: ["json"],
    notes: `Names: ${categoryIds.join(" ")}`,
    examples: [
      ["category focus off", "the application in front is not recorded"],
      ["category input on", "you agree to counts of keys and clicks, if the charter has them"],
    ],
    read(line) {
      const [id, position] = line.words;
      if (position !== "on" && position !== "off")
        throw new UsageError('A category is switched "on" or "off".');
      return ask({ command: "category", id, on: position === "on" }, line);
    },
  },
  {
    words: "hold-back",
    group: "Your say",
    operands: "<minutes>",
    count: [1, 1],
    summary: "how long events stay here before they leave, if longer than the charter has it",
    options: ["json"],
    examples: [
      ["hold-back 60", "an hour in which to look, delete and correct"],
      ["hold-back 0", "as the charter has it"],
    ],
    read(line) {
      const [minutes = ""] = line.words;
      if (!/^\d{1,4}$/.test(minutes) || Number(minutes) > MAX_HOLD_BACK_MINUTES)
        throw new UsageError(`Events are held back for 0 to ${MAX_HOLD_BACK_MINUTES} minutes.`);
      return ask({ command: "hold-back", minutes: Number(minutes) }, line);
    },
  },
  {
    words: "signin",
    group: "Your say",
    operands: "<name>",
    count: [1, 1],
    summary: "on a shared workstation: nothing is recorded before",
    options: ["json"],
    notes:
      "The passphrase is asked for, or read from standard input; it never stands in a command.",
    examples: [["signin claire", "asks for the passphrase"]],
    read: ({ words, given }) => ({
      name: "sign-in",
      signInName: words[0] ?? "",
      json: given.json ?? false,
    }),
  },
  {
    words: "signout",
    group: "Your say",
    summary: "on a shared workstation: leave it to the next person, who finds nothing of yours",
    options: ["json"],
    examples: [["signout", "recording stops"]],
    read: (line) => ask({ command: "signout" }, line),
  },
];

function readPause({ words, given }: Line): number | "shift" {
  const ways = [words[0], given.for, given["until-shift-ends"]].filter((way) => way !== undefined);
  if (ways.length > 1) throw new UsageError("Say only once how long the pause is.");
  if (given["until-shift-ends"]) return "shift";
  const text = given.for ?? words[0];
  if (text === undefined) return USUAL_PAUSE_MINUTES;
  const minutes = Math.ceil(readDuration(text, "A pause", "minutes") / 60);
  if (minutes < 1 || minutes > 1440)
    throw new UsageError("A pause lasts 1 to 1440 minutes. Without an end: etabli private");
  return minutes;
}
