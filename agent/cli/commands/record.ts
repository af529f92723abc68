import { formatInZone, millisecondsOf } from "#schema/time";
import { ask, type BatchName, type CommandEntry, type Line } from "../command.ts";
import { correctionOptions, readCorrection } from "../read-correction.ts";
import { readDuration, readMoment, readPast } from "../read-time.ts";
import { UsageError } from "../usage-error.ts";

const group = "What waits and what left";

export const recordCommands: readonly CommandEntry[] = [
  {
    words: "status",
    group,
    summary: "what is recorded, under which charter, and what waits",
    options: ["json"],
    examples: [
      ["status", "at a glance"],
      ["status --json", "for another program"],
    ],
    read: (line) => ask({ command: "status" }, line),
  },
  {
    words: "desk",
    group,
    summary: "the same and more as a page on this machine, in your browser",
    options: ["no-open", "token"],
    examples: [
      ["desk", "opens it"],
      ["desk --no-open", "prints an address, good once and for two minutes"],
    ],
    read: ({ given }) => ({
      name: "desk",
      token: given.token ?? false,
      open: !given["no-open"],
    }),
  },
  {
    words: "held",
    group,
    summary: "all that waits here, as it will leave",
    options: ["json"],
    examples: [
      ["held", "a list, with a name for each event"],
      ["held --json", "with the very text of each batch"],
    ],
    read: (line) => ask({ command: "held" }, line),
  },
  {
    words: "held show",
    group,
    operands: "<epoch>/<seq>",
    count: [1, 1],
    summary: "the very bytes of a batch that waits",
    examples: [["held show 1/42 | sha256sum", "its hash, as the site will note it"]],
    read: ({ words }) => ({
      name: "ask",
      request: { command: "held" },
      json: false,
      batch: readBatchName(words[0] ?? ""),
    }),
  },
  {
    words: "held delete",
    group,
    summary: "delete a stretch of time from what has not left; it is nowhere else",
    options: ["from", "to", "last", "json"],
    examples: [
      ["held delete --from 10:00 --to 10:10", "ten minutes of this morning"],
      ["held delete --last 10m", "the last ten minutes"],
    ],
    read: (line) => ask({ command: "held-delete", ...readWindow(line) }, line),
  },
  {
    words: "held correct",
    group,
    operands: "<name of the event>",
    count: [1, 1],
    summary: "put an event right before it leaves",
    options: [...correctionOptions, "without", "json"],
    optionHelp: {
      task: "another number of the case or task",
      due: "another deadline, of a mark",
      remaining: "of a mark: work still expected",
      scripted: "it followed a script",
    },
    notes: "The names of events stand in: etabli held",
    examples: [
      ["held correct open/12 --label billing", "another label"],
      ["held correct 1/42/0 --kind research --without label", "another kind, and no label"],
      ["held correct open/12 --end 10:40", "it ended sooner"],
      ["held correct open/13 --until 10:45", "the interruption was over then"],
    ],
    read: (line) =>
      ask({ command: "held-correct", id: line.words[0], change: readCorrection(line) }, line),
  },
  {
    words: "mirror",
    group,
    summary: "what left in the last 24 hours, with its hashes",
    options: ["json"],
    examples: [["mirror", "a list"]],
    read: (line) => ask({ command: "mirror" }, line),
  },
  {
    words: "mirror show",
    group,
    operands: "<epoch>/<seq>",
    count: [1, 1],
    summary: "the very bytes of a batch that left",
    examples: [["mirror show 1/41 | sha256sum", "its hash, to compare with the site's"]],
    read({ words }) {
      return ask({ command: "mirror-batch", ...readBatchName(words[0] ?? "") });
    },
  },
  {
    words: "compare",
    group,
    summary: "ask the site what it holds, and compare it with what left",
    options: ["json"],
    notes: "Exit code 1 when something differs.",
    examples: [["compare", "batch by batch, event by event"]],
    read: (line) => ask({ command: "compare" }, line),
  },
  {
    words: "refused",
    group,
    summary: "what the site refused, with its reasons",
    options: ["json"],
    examples: [["refused", "a list"]],
    read: (line) => ask({ command: "refused" }, line),
  },
];

function readBatchName(text: string): BatchName {
  const name = /^(\d{1,15})\/(\d{1,15})$/.exec(text);
  if (!name) throw new UsageError("A batch is named like 1/42: its epoch, a slash, its number.");
  return { epoch: Number(name[1]), seq: Number(name[2]) };
}

function readWindow({ given, today }: Line) {
  const { from, to, last } = given;
  if (last !== undefined) {
    if (from !== undefined || to !== undefined)
      throw new UsageError("Give --last, or --from and --to.");
    const start = today.now - readDuration(last, "--last", "minutes") * 1000;
    return { from: formatInZone(start, today.zone), to: formatInZone(today.now, today.zone) };
  }
  if (from === undefined || to === undefined)
    throw new UsageError("Which time? Give --from 10:00 --to 10:10, or --last 10m");
  const window = { from: readPast(from, "--from", today), to: readMoment(to, "--to", today) };
  if (millisecondsOf(window.to) <= millisecondsOf(window.from))
    throw new UsageError("--to lies before --from.");
  return window;
}
