import { expect, test } from "vitest";
import { type Outbox, openOutbox } from "#agent/outbox";
import { startRecorder } from "#agent/recorder";
import { watchDisk } from "#agent/watch-disk";
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
  recorder.signal({ type: "in-front", category: "crm" });
  recorder.signal({ type: "task-started", task: { kind: "community" } });
  clock.advance(MINUTE);
  recorder.signal({ type: "task-started", task: { kind: "contact" } });
  clock.advance(MINUTE);
  recorder.close();
  expect(recorder.state.inFront).toBe(null);
  expect(recorded(outbox)).toEqual([["contact", "09:31", "09:32"]]);
  await outbox.close();
});

test("without a charter nothing is recorded; it begins when one arrives, not before", async () => {
  const { clock, outbox, recorder } = makeRecorder(null);
  recorder.signal({ type: "in-front", category: "crm" });
  clock.advance(MINUTE);
  recorder.adoptCharter(defaultCharter);
  clock.advance(MINUTE);
  recorder.close();
  expect(recorded(outbox)).toEqual([["crm", "09:31", "09:32"]]);
  await outbox.close();
});

test("what a new charter no longer has on ends with it", async () => {
  const { clock, outbox, recorder } = makeRecorder();
  recorder.signal({ type: "in-front", category: "crm" });
  recorder.signal({ type: "task-started", task: { kind: "contact" } });
  clock.advance(MINUTE);
  recorder.adoptCharter(charterWith(["work"]));
  clock.advance(MINUTE);
  recorder.close();
  expect(recorded(outbox)).toEqual([
    ["crm", "09:30", "09:31"],
    ["contact", "09:30", "09:32"],
  ]);
  await outbox.close();
});

test("after the agent died, what was open ends at its last heartbeat and is marked as cut", async () => {
  const { clock, outbox, recorder, folder } = makeRecorder();
  recorder.signal({ type: "task-started", task: { kind: "contact", label: "PS" } });
  clock.advance(MINUTE);
  recorder.beat();
  clock.advance(30_000);
  await outbox.close();
  const next = makeRecorder(defaultCharter, folder);
  expect(recorded(next.outbox)).toEqual([["PS", "09:30", "09:31", "cut"]]);
  await next.outbox.close();
  const third = makeRecorder(defaultCharter, folder);
  expect(recorded(third.outbox)).toEqual([]);
  await third.outbox.close();
});

test("a pause outlives a restart of the agent", async () => {
  const { outbox, recorder, folder } = makeRecorder();
  recorder.signal({ type: "paused" });
  await outbox.close();
  const next = makeRecorder(defaultCharter, folder);
  next.recorder.signal({ type: "in-front", category: "crm" });
  next.clock.advance(MINUTE);
  next.recorder.close();
  expect(next.recorder.state.paused).toBe(true);
  expect(recorded(next.outbox)).toEqual([]);
  await next.outbox.close();
});

test("a disk that is full for a while is told, and what happened meanwhile is kept for later", async () => {
  const { clock, outbox, recorder, troubles } = makeRecorder();
  const addAll = outbox.addAll.bind(outbox);
  outbox.addAll = () => {
    const message = "No space left on device: Attempting to write page at position 4096";
    throw Object.assign(new Error(message), { code: 28 });
  };
  recorder.signal({ type: "task-started", task: { kind: "contact" } });
  clock.advance(MINUTE);
  recorder.signal({ type: "task-stopped" });
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
