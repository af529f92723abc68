import { expect, test } from "vitest";
import {
  beginTask,
  type Declared,
  endMarks,
  nothingDeclared,
  openMarkOf,
  parkTask,
  takeUpTask,
} from "#agent/work/declared";

const now = Date.parse("2026-11-25T08:30:00.000Z");
let made = 0;
const makeTaskId = () => {
  made += 1;
  return `t-${made}`;
};
const saying = { now, zone: "Europe/Paris", makeTaskId };
const begun = (kind: "case" | "contact" | "research"): Declared =>
  beginTask(nothingDeclared, { kind }, saying).after;

test("starting a task ends the one before; switching puts it aside", () => {
  const started = beginTask(begun("case"), { kind: "contact", label: "PS" }, saying).after;
  expect(started).toMatchObject({ task: { said: { kind: "contact", label: "PS" } }, parked: [] });
  const switched = beginTask(begun("case"), { kind: "contact" }, saying, "park").after;
  expect(switched.parked.map(({ said }) => said.kind)).toEqual(["case"]);
});

test("the pieces of a task put aside and taken up again carry one number", () => {
  const switched = beginTask(begun("case"), { kind: "contact" }, saying, "park").after;
  const number = switched.parked[0]?.said.task;
  expect(number).toMatch(/^t-\d+$/);
  const back = takeUpTask(switched, now + 60_000);
  expect(back?.task).toMatchObject({ said: { kind: "case", task: number }, since: now + 60_000 });
  expect(back?.task?.turn).not.toBe(begun("case").task?.turn);
});

test("a task that has a number of the site keeps it", () => {
  const numbered = beginTask(nothingDeclared, { kind: "case", task: "4711" }, saying).after;
  expect(parkTask(numbered, makeTaskId).parked[0]?.said.task).toBe("4711");
});

test("back goes to the last task put aside, or to the one named; to none that is not there", () => {
  const first = parkTask(
    beginTask(nothingDeclared, { kind: "case", task: "a" }, saying).after,
    makeTaskId,
  );
  const both = parkTask(
    beginTask(first, { kind: "research", task: "b" }, saying).after,
    makeTaskId,
  );
  expect(takeUpTask(both, now)?.task?.said.task).toBe("b");
  expect(takeUpTask(both, now, "a")).toMatchObject({
    task: { said: { task: "a" } },
    parked: [{ said: { task: "b" } }],
  });
  expect(takeUpTask(both, now, "c")).toBe(null);
  expect(takeUpTask(nothingDeclared, now)).toBe(null);
});

test("a deadline is a mark that its task can be found by", () => {
  const due = "2026-11-25T16:00:00.000+01:00";
  const { after, marks } = beginTask(
    nothingDeclared,
    { kind: "case", due, remaining: 90, origin: "imposed" },
    saying,
  );
  expect(marks).toEqual([
    {
      kind: "deadline",
      at: "2026-11-25T09:30:00.000+01:00",
      due,
      remaining: 90,
      origin: "imposed",
      task: after.task?.said.task,
    },
  ]);
  expect(marks[0]?.task).toBeDefined();
});

test("an interruption or a call for help is one mark, from its beginning to its end", () => {
  const help = {
    kind: "help_request" as const,
    at: now,
    label: "expert",
    task: undefined,
    origin: undefined,
  };
  const open = openMarkOf(openMarkOf(nothingDeclared, help), {
    ...help,
    kind: "interrupt",
    label: "self",
  });
  const { after, marks } = endMarks(open, "help_request", {
    now: now + 120_000,
    zone: "Europe/Paris",
  });
  expect(after.marks.map(({ kind }) => kind)).toEqual(["interrupt"]);
  expect(marks).toEqual([
    {
      kind: "help_request",
      label: "expert",
      at: "2026-11-25T09:30:00.000+01:00",
      until: "2026-11-25T09:32:00.000+01:00",
    },
  ]);
});

test("no more than twenty tasks wait: the oldest is let go of", () => {
  let state = nothingDeclared;
  for (let n = 0; n < 25; n++)
    state = parkTask(beginTask(state, { kind: "case", task: `n${n}` }, saying).after, makeTaskId);
  expect(state.parked.map(({ said }) => said.task)).toEqual(
    Array.from({ length: 20 }, (_, n) => `n${n + 5}`),
  );
});
