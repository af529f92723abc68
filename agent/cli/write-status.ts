import { millisecondsOf } from "#schema/time";
import type { Sense, Status } from "../control/messages.ts";
import { type Look, paint, writeRows } from "./look.ts";
import type { Today } from "./read-time.ts";
import { writeBytes, writeClock, writeCount } from "./write-time.ts";

/** The state of the agent for a terminal: first the light, last what is wrong. */
export function writeStatus(status: Status, today: Today, look: Look): string {
  const rows: [string, string][] = [
    ["task", writeTask(status, today)],
    ...asideAndOpen(status, today),
    ["hours", writeHours(status, today)],
    ["charter", writeCharter(status)],
    ["categories", writeCategories(status)],
    ["senses", writeSenses(status)],
    ["waits here", writeWaiting(status)],
    ["site", writeSite(status)],
    ...(status.desk === null
      ? []
      : [["desk page", `${status.desk} (open it with: etabli desk)`] as [string, string]]),
  ];
  const troubles = status.troubles.map(({ message }) => `${paint("!", "warn", look)} ${message}\n`);
  return `${writeLight(status, today, look)}\n${writeRows(rows, look)}${troubles.join("")}`;
}

/** The light: on with recording, and with nothing else. */
export function writeLight(status: Status, today: Today, look: Look): string {
  if (status.recording === "on") return paint("● recording", "good", look);
  return paint(`○ nothing is recorded: ${whyNothing(status, today)}`, "warn", look);
}

function whyNothing({ recording, until }: Status, today: Today): string {
  const end = until === null ? "" : ` until ${writeClock(until, today)}`;
  switch (recording) {
    case "on":
      return "";
    case "paused":
      return `paused${end}`;
    case "private":
      return "private time, until you say so: etabli resume";
    case "outside-hours":
      return `outside your agreed hours${end}`;
    case "hours-not-told":
      return "the site has not said yet what your agreed hours are";
    case "nothing-on":
      return "the charter, or you, have everything switched off";
    case "no-charter":
      return "no charter has been received yet";
    case "signed-out":
      return "nobody is signed in. etabli signin <name>";
  }
}

function writeTask({ task }: Status, today: Today): string {
  return task === null ? "none" : describeTask(task, today);
}

function describeTask(task: NonNullable<Status["task"]>, today: Today): string {
  const parts = [
    [task.kind, task.label].filter((word) => word !== undefined).join(" "),
    `since ${writeClock(task.since, today)}`,
    ...(task.task === undefined ? [] : [`number ${task.task}`]),
    ...(task.allotted === undefined ? [] : [`${writeMinutes(task.allotted)} given`]),
    ...(task.due === undefined ? [] : [`due ${writeClock(task.due, today)}`]),
  ];
  return parts.join(", ");
}

function writeMinutes(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

function asideAndOpen({ parked, openMarks }: Status, today: Today): [string, string][] {
  const rows: [string, string][] = [];
  if (parked.length > 0)
    rows.push(["put aside", parked.map((task) => describeTask(task, today)).join("\n")]);
  if (openMarks.length > 0)
    rows.push([
      "open",
      openMarks
        .map(({ kind, at, label }) => {
          const name = kind === "interrupt" ? "interruption" : kind.replaceAll("_", " ");
          const by = label === undefined ? "" : ` (${label})`;
          return `${name}${by} since ${writeClock(at, today)}`;
        })
        .join("\n"),
    ]);
  return rows;
}

function writeHours({ hours }: Status, today: Today): string {
  const shift = ({ start, end }: { start: string; end: string }) =>
    `${writeClock(start, today)} to ${writeClock(end, { ...today, now: millisecondsOf(start) })}`;
  const outside = hours.outsideToo ? "; recorded outside them too" : "";
  if (!hours.known) return "the site has given none to keep to";
  if (hours.current) return `${shift(hours.current)}, under way${outside}`;
  if (hours.next) return `next ${shift(hours.next)}${outside}`;
  return `none ahead${outside}`;
}

function writeCharter({ charter }: Status): string {
  if (charter === null) return "none received";
  const days = writeCount(charter.rawDays, "day", "days");
  return `version ${charter.version}, ${charter.title.en}; events are kept ${days}`;
}

function writeCategories({ categories }: Status): string {
  const names = (isOn: boolean) =>
    categories
      .filter(({ on }) => on === isOn)
      .map(({ id, optional, inCharter, chosen }) =>
        !isOn && optional && inCharter && !chosen ? `${id} (your choice)` : id,
      )
      .join(", ");
  if (categories.length === 0) return "none";
  return `on: ${names(true) || "none"}\noff: ${names(false) || "none"}`;
}

function writeSenses({ applications, presence, input, gateway, feed }: Status): string {
  const front = applications.inFront === null ? "" : `, now ${applications.inFront}`;
  const here = presence.now === null ? "" : `, now ${presence.now}`;
  const door = gateway.address === null ? "" : `, at ${gateway.address}`;
  return [
    `application in front: ${writeSense(applications)}${front}`,
    `away and locked: ${writeSense(presence)}${here}`,
    `input counts: ${writeSense(input)}`,
    `ActivityWatch door: ${writeSense(gateway, "open")}${door}`,
    `telephony feed: ${writeSense(feed, "read")}`,
  ].join("\n");
}

function writeSense({ state, reason }: Sense, sensed = "sensed"): string {
  const word = {
    sensed,
    off: "off",
    unsupported: "not here",
    "permission-missing": "needs a permission",
  }[state];
  return reason === undefined ? word : `${word} (${reason})`;
}

function writeWaiting({ waiting, holdBack }: Status): string {
  const held = `${writeCount(waiting.held, "event", "events")}, held back ${writeCount(holdBack.minutes, "minute", "minutes")}`;
  const batches =
    waiting.batches === 0
      ? "no batch to send"
      : `${writeCount(waiting.batches, "batch", "batches")} to send, with ${writeCount(waiting.batchEvents, "event", "events")} (${writeBytes(waiting.bytes)})`;
  const refused =
    waiting.refused === 0
      ? ""
      : `\n${writeCount(waiting.refused, "batch", "batches")} the site refused: etabli refused`;
  return `${held}; ${batches}${refused}`;
}

function writeSite({ server, mode, connection }: Status): string {
  const simulated = mode === "real" ? "" : ` (${mode} data)`;
  return `${server}${simulated}, ${connection.message ?? connection.kind}`;
}
