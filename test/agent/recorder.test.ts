import { expect, test } from "vitest";
import { type Outbox, openOutbox } from "#agent/outbox";
import { startRecorder } from "#agent/recorder";
import type { SpanContent } from "#agent/tracker";
import { watchDisk } from "#agent/watch-disk";
import { type Declared, nothingDeclared } from "#agent/work/declared";
import type { WorkKind } from "#schema/activity";
import { batch as batchSchema } from "#schema/batch";
import type { CategoryId, Charter } from "#schema/charter";
import { defaultCharter } from "#schema/charter-default";
import { makeContext } from "./factories.ts";
import { makeFolder } from "./folder.ts";
import { makeManualClock } from "./manual-clock.ts";

const MINUTE = 60_000;

function charterWith(on: CategoryId[]): Charter {
  const categories = defaultCharter.categories.map((each) => ({
    ...each,
    on: on.includes(each.id),
  }));
  return { ...defaultCharter, categories };
}

function tasked(kind: WorkKind, turn = 1): Declared {
  return { ...nothingDeclared, task: { said: { kind }, since: 0, turn }, turns: turn };
}

function makeRecorder(charter: Charter | null = defaultCharter, folder = makeFolder()) {
  const clock = makeManualClock();
  const outbox = openOutbox(folder);
  const troubles: string[] = [];
  const recorder = startRecorder({
    outbox,
    clock,
    zone: "Europe/Paris",
    charter,
    write: watchDisk((line) => troubles.push(line)).write,
  });
  return { clock, outbox, recorder, folder, troubles };
}

function recorded(outbox: Outbox) {
  const sealed = outbox.seal(makeContext());
  if (!sealed) return [];
  const { spans } = batchSchema.parse(JSON.parse(Buffer.from(sealed.bytes).toString("utf8")));
  return spans.map(({ kind, label, start, end, truncated }) => [
    label ?? kind,
    start.slice(11, 16),
    end.slice(11, 16),
    ...(truncated ? ["cut"] : []),
  ]);
}

test("what the charter does not have on is not collected", async () => {
  const { clock, outbox, recorder } = makeRecorder(charterWith(["work"]));
  recorder.inFront("crm");
  recorder.declare(tasked("community"));
  clock.advance(MINUTE);
  recorder.declare(tasked("contact", 2));
  expect(recorder.openSpans().map(({ content }) => content.kind)).toEqual(["contact"]);
  clock.advance(MINUTE);
  recorder.close();
  expect(recorded(outbox)).toEqual([["contact", "09:31", "09:32"]]);
  await outbox.close();
});

test("while nothing is allowed nothing is recorded or remembered; it begins when it is, not before", async () => {
  const { clock, outbox, recorder } = makeRecorder(null);
  recorder.feed("main", { kind: "contact", source: "imported" });
  clock.advance(MINUTE);
  recorder.allow(defaultCharter);
  recorder.inFront("crm");
  clock.advance(MINUTE);
  recorder.close();
  expect(recorded(outbox)).toEqual([["crm", "09:31", "09:32"]]);
  await outbox.close();
});

test("when recording ends, tasks end with it, and nothing is filled in afterwards", async () => {
  const { clock, outbox, recorder } = makeRecorder();
  recorder.inFront("crm");
  recorder.declare(tasked("contact"));
  clock.advance(MINUTE);
  recorder.allow(null);
  clock.advance(30 * MINUTE);
  recorder.allow(defaultCharter);
  expect(recorder.scene.declared.task).toBe(null);
  clock.advance(MINUTE);
  recorder.close();
  expect(recorded(outbox)).toEqual([
    ["crm", "09:30", "09:31"],
    ["contact", "09:30", "09:31"],
  ]);
  await outbox.close();
});

test("what a new charter no longer has on ends with it", async () => {
  const { clock, outbox, recorder } = makeRecorder();
  recorder.inFront("crm");
  recorder.declare(tasked("contact"));
  clock.advance(MINUTE);
  recorder.allow(charterWith(["work"]));
  clock.advance(MINUTE);
  recorder.close();
  expect(recorded(outbox)).toEqual([
    ["crm", "09:30", "09:31"],
    ["contact", "09:30", "09:32"],
  ]);
  await outbox.close();
});

test("away stops the recording of applications, except during a contact; a locked screen always", async () => {
  const { clock, outbox, recorder } = makeRecorder();
  recorder.inFront("crm");
  clock.advance(MINUTE);
  recorder.presence("away");
  clock.advance(MINUTE);
  recorder.declare(tasked("contact"));
  clock.advance(MINUTE);
  recorder.presence("locked");
  clock.advance(MINUTE);
  recorder.declare(tasked("case", 2));
  recorder.presence("here");
  clock.advance(MINUTE);
  recorder.close();
  expect(recorded(outbox)).toEqual([
    ["crm", "09:30", "09:31"],
    ["crm", "09:32", "09:33"],
    ["contact", "09:32", "09:34"],
    ["case", "09:34", "09:35"],
    ["crm", "09:34", "09:35"],
  ]);
  await outbox.close();
});

test("a feed and a declared task of the same kind are one; a vaguer state of a feed gives way", async () => {
  const { clock, outbox, recorder } = makeRecorder();
  const said = (kind: WorkKind): SpanContent => ({ kind, source: "imported" });
  recorder.feed("main", said("ready"));
  clock.advance(MINUTE);
  recorder.declare(tasked("case"));
  clock.advance(MINUTE);
  recorder.feed("main", { ...said("contact"), label: "PS" });
  clock.advance(MINUTE);
  recorder.declare({ ...tasked("contact", 2), turns: 2 });
  clock.advance(MINUTE);
  recorder.declare(nothingDeclared);
  clock.advance(MINUTE);
  recorder.feed("main", null);
  recorder.close();
  expect(recorded(outbox)).toEqual([
    ["ready", "09:30", "09:31"],
    ["case", "09:31", "09:33"],
    ["PS", "09:32", "09:33"],
    ["contact", "09:33", "09:34"],
    ["PS", "09:34", "09:35"],
  ]);
  await outbox.close();
});

test("after the agent died, what was open ends at its last heartbeat and is marked as cut; once", async () => {
  const { clock, outbox, recorder, folder } = makeRecorder();
  recorder.declare(tasked("contact"));
  clock.advance(MINUTE);
  recorder.beat();
  clock.advance(30_000);
  await outbox.close();
  const next = makeRecorder(defaultCharter, folder);
  expect(recorded(next.outbox)).toEqual([["contact", "09:30", "09:31", "cut"]]);
  await next.outbox.close();
  const third = makeRecorder(defaultCharter, folder);
  expect(recorded(third.outbox)).toEqual([]);
  await third.outbox.close();
});

test("parked tasks outlive a restart; an interruption left open is recorded without an end", async () => {
  const { outbox, recorder, folder } = makeRecorder();
  const mark = {
    kind: "interrupt" as const,
    at: recorder.now(),
    label: "colleague",
    task: undefined,
    origin: undefined,
  };
  const parked = tasked("case").task;
  recorder.declare({ ...nothingDeclared, parked: parked ? [parked] : [], marks: [mark], turns: 1 });
  await outbox.close();
  const next = makeRecorder(defaultCharter, folder);
  expect(next.recorder.scene.declared).toMatchObject({
    parked: [{ said: { kind: "case" } }],
    marks: [],
  });
  const sealed = next.outbox.seal(makeContext());
  const { marks } = batchSchema.parse(
    JSON.parse(Buffer.from(sealed?.bytes ?? []).toString("utf8")),
  );
  expect(marks).toEqual([
    { kind: "interrupt", label: "colleague", at: "2026-11-25T09:30:00.000+01:00" },
  ]);
  await next.outbox.close();
});

test("what is said first after a sleep counts, from when it is said; what was under way before is over", async () => {
  const { clock, outbox, recorder } = makeRecorder();
  recorder.declare(tasked("contact"));
  clock.advance(MINUTE);
  recorder.beat();
  clock.jump(120 * MINUTE);
  expect(recorder.now()).toBe(clock.now());
  recorder.declare(tasked("case", 2));
  expect(recorder.scene.declared.task?.said.kind).toBe("case");
  recorder.feed("main", { kind: "contact", source: "imported" });
  clock.advance(MINUTE);
  recorder.close();
  expect(recorded(outbox)).toEqual([
    ["contact", "09:30", "09:31", "cut"],
    ["case", "11:31", "11:32"],
    ["contact", "11:31", "11:32"],
  ]);
  await outbox.close();
});

test("what a feed tells late does not begin inside a window that was deleted", async () => {
  const { clock, outbox, recorder } = makeRecorder();
  recorder.feed("main", { kind: "contact", source: "imported" });
  clock.advance(2 * MINUTE);
  const now = recorder.now();
  recorder.forget({ from: now - 2 * MINUTE, to: now });
  recorder.feed("main", { kind: "acw", source: "imported" }, now - MINUTE);
  clock.advance(MINUTE);
  recorder.close();
  expect(recorded(outbox).filter(([, start = ""]) => start < "09:32")).toEqual([]);
  await outbox.close();
});

test("a window forgotten while a task is under way leaves what came before it, and nothing inside", async () => {
  const { clock, outbox, recorder } = makeRecorder();
  recorder.declare(tasked("contact"));
  clock.advance(2 * MINUTE);
  recorder.beat();
  clock.advance(2 * MINUTE);
  recorder.forget({ from: recorder.now() - 3 * MINUTE, to: recorder.now() + MINUTE });
  clock.advance(MINUTE);
  recorder.close();
  expect(recorded(outbox)).toEqual([
    ["contact", "09:30", "09:31"],
    ["contact", "09:34", "09:35"],
  ]);
  await outbox.close();
});

test("a disk that is full for a while is told, and what happened meanwhile is kept for later", async () => {
  const { clock, outbox, recorder, troubles } = makeRecorder();
  const addAll = outbox.addAll.bind(outbox);
  outbox.addAll = () => {
    const message = "No space left on device: Attempting to write page at position 4096";
    throw Object.assign(new Error(message), { code: 28 });
  };
  recorder.declare(tasked("contact"));
  clock.advance(MINUTE);
  recorder.declare(nothingDeclared);
  expect(troubles).toEqual([
    "Events cannot be written to disk (No space left on device). Free some space.",
  ]);
  outbox.addAll = addAll;
  recorder.beat();
  expect(troubles.at(-1)).toBe("Events are written to disk again.");
  expect(recorded(outbox)).toEqual([["contact", "09:30", "09:31"]]);
  await outbox.close();
});

test("a fault of the program is not blamed on the disk, and quotes nothing that was recorded", () => {
  const troubles: string[] = [];
  const { write, trouble } = watchDisk((line) => troubles.push(line));
  const isWritten = write(() => {
    throw Object.assign(new TypeError("Kestrel is not a kind"), { code: "ERR_INVALID_ARG_TYPE" });
  });
  expect(isWritten).toBe(false);
  expect(trouble()).toContain("not of the disk (TypeError)");
  expect(troubles.join()).not.toMatch(/Kestrel|cannot be written to disk|space/);
});
