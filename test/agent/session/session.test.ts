import { expect, test } from "vitest";
import { formatInZone, millisecondsOf } from "#schema/time";
import { bytesBelow } from "#test/support/bytes-below";
import { eventually } from "#test/support/eventually";
import { accepted, openSession } from "./open-session.ts";

const ZONE = "Europe/Paris";
const around = (minutes: number) => formatInZone(Date.now() + minutes * 60_000, ZONE);

test("a task and its marks, declared in one gesture each, reach the site as they were said", async () => {
  const desk = await openSession();
  await desk.until("on");
  accepted(
    await desk.ask({
      command: "task-start",
      kind: "contact",
      label: "PS",
      allotted: 300,
      origin: "imposed",
    }),
  );
  accepted(await desk.ask({ command: "mark", kind: "difficult_contact" }));
  accepted(await desk.ask({ command: "task-switch", kind: "tech_incident", label: "crm" }));
  accepted(await desk.ask({ command: "task-back" }));
  accepted(await desk.ask({ command: "task-stop" }));
  await eventually(() => expect(desk.sent()).toHaveLength(4));
  const task = expect.stringMatching(/^t-/);
  expect(desk.sent()).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({
        kind: "contact",
        label: "PS",
        allotted: 300,
        origin: "imposed",
        task,
      }),
      expect.objectContaining({ kind: "difficult_contact" }),
      expect.objectContaining({ kind: "tech_incident", label: "crm", source: "declared" }),
    ]),
  );
  const contacts = desk.sent().filter((event) => "kind" in event && event.kind === "contact");
  expect(new Set(contacts.map((event) => "task" in event && event.task)).size).toBe(1);
  await desk.close();
});

test("the first connection holds, however soon the site answers", async () => {
  const desk = await openSession();
  await desk.until("on");
  await eventually(() => expect(desk.session.describe().gateway.address).not.toBe(null));
  expect(desk.said.filter((line) => line.includes("not connected"))).toEqual([]);
  expect(desk.site.hellos).toHaveLength(1);
  await desk.close();
});

test("an interruption takes the person off their task and back to it, and is one mark", async () => {
  const desk = await openSession();
  await desk.until("on");
  accepted(await desk.ask({ command: "task-start", kind: "case", task: "4711" }));
  accepted(await desk.ask({ command: "mark", kind: "interrupt", label: "colleague" }));
  expect(desk.session.describe()).toMatchObject({
    task: null,
    parked: [{ kind: "case" }],
    openMarks: [{ kind: "interrupt", label: "colleague" }],
  });
  accepted(await desk.ask({ command: "task-back" }));
  expect(desk.session.describe()).toMatchObject({
    task: { kind: "case" },
    parked: [],
    openMarks: [],
  });
  await eventually(() =>
    expect(desk.sent()).toContainEqual(
      expect.objectContaining({
        kind: "interrupt",
        label: "colleague",
        task: "4711",
        until: expect.any(String),
      }),
    ),
  );
  await desk.close();
});

test("what is held back and deleted never leaves, is not on the disk, and leaves no gap", async () => {
  const desk = await openSession();
  await desk.until("on");
  accepted(await desk.ask({ command: "hold-back", minutes: 10 }));
  accepted(await desk.ask({ command: "task-start", kind: "contact", label: "Merlinqueue" }));
  accepted(await desk.ask({ command: "task-start", kind: "acw" }));
  accepted(await desk.ask({ command: "task-stop" }));
  expect(
    accepted(await desk.ask({ command: "held" })).held?.open.map(({ event }) => event.kind),
  ).toEqual(["contact", "acw"]);
  const deleted = accepted(
    await desk.ask({ command: "held-delete", from: around(-10), to: around(10) }),
  );
  expect(deleted.deletion).toMatchObject({ removed: 2, alreadySent: 0 });
  accepted(await desk.ask({ command: "hold-back", minutes: 0 }));
  accepted(await desk.ask({ command: "task-start", kind: "meeting" }));
  accepted(await desk.ask({ command: "task-stop" }));
  await eventually(() => expect(desk.sent()).toHaveLength(1));
  expect(desk.sent()).toMatchObject([{ kind: "meeting" }]);
  expect(desk.site.received.map(({ batch }) => batch.gap)).toEqual([undefined]);
  await desk.close();
  expect(bytesBelow(desk.folder).includes("Merlinqueue")).toBe(false);
});

test("what is put right before it leaves arrives so, and the wrong word is nowhere", async () => {
  const desk = await openSession();
  await desk.until("on");
  accepted(await desk.ask({ command: "hold-back", minutes: 10 }));
  accepted(await desk.ask({ command: "task-start", kind: "contact", label: "Wrongqueue" }));
  accepted(await desk.ask({ command: "task-stop" }));
  const [event] = accepted(await desk.ask({ command: "held" })).held?.open ?? [];
  accepted(
    await desk.ask({
      command: "held-correct",
      id: event?.id ?? "",
      change: { label: "Rightqueue" },
    }),
  );
  accepted(await desk.ask({ command: "hold-back", minutes: 0 }));
  await eventually(() =>
    expect(desk.sent()).toMatchObject([{ kind: "contact", label: "Rightqueue" }]),
  );
  await desk.close();
  expect(bytesBelow(desk.folder).includes("Wrongqueue")).toBe(false);
});

test("a pause leaves the same trace as an agent that was off: none", async () => {
  async function traceOf(leave: "pause" | "off") {
    let desk = await openSession();
    await desk.until("on");
    accepted(await desk.ask({ command: "task-start", kind: "contact" }));
    if (leave === "pause") {
      accepted(await desk.ask({ command: "pause", until: 30 }));
      expect(await desk.ask({ command: "task-start", kind: "acw" })).toMatchObject({
        ok: false,
        code: "paused",
      });
      await eventually(() => expect(desk.sent()).toHaveLength(1));
      accepted(await desk.ask({ command: "resume" }));
    } else {
      await desk.session.stop();
      desk = await openSession({ folder: desk.folder, site: desk.site });
      await desk.until("on");
    }
    accepted(await desk.ask({ command: "task-start", kind: "case" }));
    accepted(await desk.ask({ command: "task-stop" }));
    await eventually(() => expect(desk.sent()).toHaveLength(2));
    await desk.close();
    return desk.site.received.map(({ batch }) => ({
      seq: batch.seq,
      gap: batch.gap,
      events: [...batch.spans, ...batch.marks].map(({ kind, ...event }) => [
        kind,
        Object.keys(event).sort(),
      ]),
    }));
  }
  expect(await traceOf("pause")).toEqual(await traceOf("off"));
});

test("outside the agreed hours nothing is recorded, and it says when it begins", async () => {
  const desk = await openSession();
  desk.site.planned = {
    known: true,
    shifts: [{ start: around(60), end: around(120), breaks: [] }],
  };
  desk.site.sockets.emit("replan");
  await desk.until("outside-hours");
  const { until, hours } = desk.session.describe();
  expect(until).toBe(hours.next?.start);
  expect(millisecondsOf(until ?? "")).toBeGreaterThan(Date.now());
  expect(await desk.ask({ command: "task-start", kind: "contact" })).toMatchObject({
    ok: false,
    code: "outside-hours",
  });
  expect(desk.sent()).toEqual([]);
  await desk.close();
});

test("watchers report to the gateway; only categories leave, and titles are on no disk and no wire", async () => {
  const desk = await openSession();
  await desk.until("on");
  const { address } = desk.session.describe().gateway;
  const post = async (path: string, body: unknown) =>
    await fetch(`${address}/api/0/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  await post("buckets/aw-watcher-window_desk", {
    client: "w",
    type: "currentwindow",
    hostname: "desk",
  });
  const beat = (app: string) => ({
    timestamp: new Date().toISOString(),
    duration: 0,
    data: { app, title: "Madame Zephyrine, account 4242" },
  });
  await post("buckets/aw-watcher-window_desk/heartbeat?pulsetime=60", beat("Thunderbird"));
  expect(desk.session.describe().applications.inFront).toBe("mail");
  await post("buckets/aw-watcher-window_desk/heartbeat?pulsetime=60", beat("Firefox"));
  await eventually(() => expect(desk.sent()).toMatchObject([{ kind: "focus", label: "mail" }]));
  await desk.close();
  const everything = Buffer.concat([
    bytesBelow(desk.folder),
    Buffer.from(JSON.stringify([desk.site.received, desk.said])),
  ]);
  for (const secret of ["Zephyrine", "4242", "Thunderbird"])
    expect(everything.includes(secret), secret).toBe(false);
});

test("a telephone system's states are work, and what the mapping does not know is unknown", async () => {
  const desk = await openSession();
  await desk.until("on");
  for (const state of ["on_contact", "Zephyr mode", "available"]) desk.session.takeFeed({ state });
  await eventually(() => expect(desk.sent()).toHaveLength(2));
  expect(desk.sent()).toMatchObject([
    { kind: "contact", source: "imported" },
    { kind: "unknown", source: "imported" },
  ]);
  await desk.close();
  expect(bytesBelow(desk.folder).includes("Zephyr")).toBe(false);
});

test("the light is on exactly when an event would be kept", async () => {
  const desk = await openSession();
  for (const request of [
    null,
    { command: "pause", until: 30 },
    { command: "resume" },
    { command: "pause", until: "resumed" },
    { command: "resume" },
  ] as const) {
    if (request) await desk.ask(request);
    else await desk.until("on");
    const isLit = desk.session.describe().recording === "on";
    const reply = await desk.ask({ command: "mark", kind: "difficult_contact" });
    expect(reply.ok).toBe(isLit);
  }
  await eventually(() => expect(desk.sent()).toHaveLength(3));
  await desk.close();
});
