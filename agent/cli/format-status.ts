import type { Status } from "../control/messages.ts";

/** The state of the agent as a few lines for a terminal. */
export function formatStatus(status: Status): string {
  const { charter, task, applications, waiting, connection } = status;
  const recording = {
    on: "on",
    paused: "paused: nothing is recorded",
    "no-charter": "nothing is recorded until the site has sent its charter",
  }[status.recording];
  const simulated = status.mode === "real" ? "" : ` (${status.mode} data)`;
  const rows: [string, string][] = [
    ["recording", recording],
    [
      "task",
      task
        ? `${[task.kind, task.label].filter(Boolean).join(" ")}, since ${clockOf(task.since)}`
        : "none",
    ],
    ["applications", applications.inFront ?? applications.state],
    ["charter", charter ? `version ${charter.version}, ${charter.title}` : "none received"],
    ["site", `${status.server}${simulated}`],
    ["connection", connection.message ?? connection.kind],
    ["waiting", `${waiting.events} events, ${waiting.batches} batches`],
  ];
  if (status.declined.length > 0) rows.push(["switched off", status.declined.join(", ")]);
  if (waiting.refused > 0) rows.push(["not taken", `${waiting.refused} batches the site refused`]);
  for (const trouble of status.troubles) rows.push(["trouble", trouble]);
  return rows.map(([name, value]) => `${name.padEnd(13)} ${value}\n`).join("");
}

function clockOf(time: string): string {
  return time.slice(11, 16);
}
