import type { Status } from "#agent/control/messages";

/** The state of an agent on an ordinary morning, with what a test changes. */
export function makeStatus(changes: Partial<Status> = {}): Status {
  return {
    version: "0.1.0",
    now: "2026-11-25T10:00:00.000+01:00",
    server: "https://etabli.example.org",
    mode: "real",
    shared: false,
    recording: "on",
    until: null,
    hours: {
      known: true,
      current: { start: "2026-11-25T09:00:00.000+01:00", end: "2026-11-25T17:00:00.000+01:00" },
      next: null,
      outsideToo: false,
    },
    connection: { kind: "connected" },
    charter: {
      version: 3,
      title: { en: "What we agreed on", fr: "Ce qui est convenu" },
      sha256: "a".repeat(64),
      rawDays: 14,
    },
    categories: [
      {
        id: "work",
        on: true,
        inCharter: true,
        optional: false,
        chosen: true,
        purpose: { en: "x", fr: "x" },
        rawDays: 14,
      },
      {
        id: "focus",
        on: false,
        inCharter: true,
        optional: true,
        chosen: false,
        purpose: { en: "x", fr: "x" },
        rawDays: 14,
      },
    ],
    holdBack: { charter: 15, own: 0, minutes: 15 },
    task: null,
    parked: [],
    openMarks: [],
    applications: { state: "sensed", inFront: "crm" },
    presence: { state: "sensed", now: "here" },
    input: { state: "off" },
    gateway: { state: "sensed", address: "http://127.0.0.1:5600" },
    feed: { state: "off" },
    desk: "http://127.0.0.1:7071",
    waiting: { held: 2, batches: 1, batchEvents: 4, bytes: 1234, refused: 0 },
    troubles: [],
    ...changes,
  };
}
