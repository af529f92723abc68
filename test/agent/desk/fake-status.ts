import type { Status } from "#agent/control/messages";
import { defaultCharter } from "#schema/charter-default";

export const NOW = "2026-11-25T10:24:30.000+01:00";

/** An agent in the middle of a shift, under the default charter with input counts added as an opt-in. */
export function makeStatus(fields: Partial<Status> = {}): Status {
  const { title, rawDays } = defaultCharter;
  return {
    version: "0.1.0",
    now: NOW,
    server: "https://etabli.example.org",
    mode: "real",
    shared: false,
    recording: "on",
    until: "2026-11-25T17:30:00.000+01:00",
    hours: {
      known: true,
      current: { start: "2026-11-25T09:00:00.000+01:00", end: "2026-11-25T17:30:00.000+01:00" },
      next: { start: "2026-11-26T09:00:00.000+01:00", end: "2026-11-26T17:30:00.000+01:00" },
      outsideToo: false,
    },
    connection: { kind: "connected" },
    charter: { version: 3, title, sha256: "c3".repeat(32), rawDays },
    categories: defaultCharter.categories.map(({ id, on, optional, purpose, rawDays: days }) => ({
      id,
      on,
      inCharter: on || id === "input",
      optional,
      chosen: on,
      purpose,
      rawDays: days,
    })),
    holdBack: { charter: 5, own: 15, minutes: 15 },
    task: {
      kind: "contact",
      label: "billing",
      task: "4711",
      allotted: 900,
      since: "2026-11-25T10:12:00.000+01:00",
    },
    parked: [
      {
        kind: "case",
        label: "moving house",
        task: "4702",
        due: "2026-11-25T15:00:00.000+01:00",
        since: "2026-11-25T09:40:00.000+01:00",
      },
    ],
    openMarks: [],
    applications: { state: "sensed", inFront: "crm" },
    presence: { state: "sensed", now: "here" },
    input: { state: "off" },
    gateway: { state: "sensed", address: "http://127.0.0.1:5600" },
    feed: {
      state: "unsupported",
      reason: "No feed is set up. A file named feed.json in the agent's folder sets one up.",
    },
    desk: "http://127.0.0.1:7071",
    waiting: { held: 0, batches: 0, batchEvents: 0, bytes: 0, refused: 0 },
    troubles: [],
    ...fields,
  };
}
