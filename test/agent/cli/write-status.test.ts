import { expect, test } from "vitest";
import { writeStatus } from "#agent/cli/write-status";
import { recordingState } from "#agent/control/messages";
import { today } from "./line.ts";
import { makeStatus } from "./status.ts";

const plain = { colour: false };
const firstLine = (text: string) => text.split("\n")[0] ?? "";

test("the light is on with recording and with nothing else, and says why it is off", () => {
  for (const recording of recordingState.options) {
    const line = firstLine(writeStatus(makeStatus({ recording }), today, plain));
    expect(line.startsWith("●"), recording).toBe(recording === "on");
    expect(line.includes("nothing is recorded: "), recording).toBe(recording !== "on");
  }
});

test("a pause and the hours outside a shift say until when, on another day with the day", () => {
  const until = "2026-11-25T14:30:00.000+01:00";
  const paused = writeStatus(makeStatus({ recording: "paused", until }), today, plain);
  expect(firstLine(paused)).toBe("○ nothing is recorded: paused until 14:30");
  const monday = "2026-11-30T09:00:00.000+01:00";
  const outside = writeStatus(
    makeStatus({ recording: "outside-hours", until: monday }),
    today,
    plain,
  );
  expect(firstLine(outside)).toBe(
    "○ nothing is recorded: outside your agreed hours until Mon 2026-11-30 09:00",
  );
});

test("task, what was put aside, senses, what waits and what is wrong stand below, each in its line", () => {
  const text = writeStatus(
    makeStatus({
      task: {
        kind: "contact",
        label: "billing",
        since: "2026-11-25T09:50:00.000+01:00",
        allotted: 300,
      },
      parked: [
        {
          kind: "case",
          task: "4711",
          since: "2026-11-25T09:10:00.000+01:00",
          due: "2026-11-25T16:00:00.000+01:00",
        },
      ],
      openMarks: [{ kind: "help_request", at: "2026-11-25T09:55:00.000+01:00", label: "network" }],
      waiting: { held: 1, batches: 2, batchEvents: 5, bytes: 3456, refused: 1 },
      troubles: [{ code: "disk", message: "The disk is full. Free some space." }],
    }),
    today,
    plain,
  );
  for (const said of [
    "contact billing, since 09:50, 5 min given",
    "case, since 09:10, number 4711, due 16:00",
    "help request (network) since 09:55",
    "09:00 to 17:00, under way",
    "version 3, What we agreed on; events are kept 14 days",
    "off: focus (your choice)",
    "application in front: sensed, now crm",
    "1 event, held back 15 minutes; 2 batches to send, with 5 events (3.5 kB)",
    "1 batch the site refused: etabli refused",
    "! The disk is full. Free some space.",
  ])
    expect(text).toContain(said);
});

test("clock times are those of this machine, whatever offset they came with", () => {
  const task = { kind: "case" as const, since: "2026-11-25T08:50:00.000+00:00" };
  expect(writeStatus(makeStatus({ task }), today, plain)).toContain("case, since 09:50");
});

test("colour is put on only where it is wanted", () => {
  const code = String.fromCharCode(27);
  expect(writeStatus(makeStatus(), today, plain)).not.toContain(code);
  expect(writeStatus(makeStatus(), today, { colour: true })).toContain(`${code}[32m`);
});
