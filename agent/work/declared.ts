import { z } from "zod";
import { type Mark, mark as markSchema } from "#schema/activity";
import { formatInZone } from "#schema/time";
import { type DeclaredTask, declaredTask } from "../control/messages.ts";
import type { SpanContent } from "../tracker.ts";

/** Tasks put aside at once, at most; the oldest is let go of. */
const MAX_PARKED = 20;

/** A task as the person declared it. `turn` tells two tasks of the same name apart; `since` is epoch ms. */
const taskUnderWay = z.strictObject({ said: declaredTask, since: z.number(), turn: z.int() });
export type TaskUnderWay = z.infer<typeof taskUnderWay>;

const openMark = z.strictObject({
  kind: z.enum(["interrupt", "help_request"]),
  at: z.number(),
  label: markSchema.shape.label,
  task: markSchema.shape.task,
  origin: markSchema.shape.origin,
});
export type OpenMark = z.infer<typeof openMark>;

/** What the person has said of their work, and has not taken back yet. */
export const declared = z.strictObject({
  task: taskUnderWay.nullable(),
  parked: z.array(taskUnderWay),
  marks: z.array(openMark),
  turns: z.int(),
});
export type Declared = z.infer<typeof declared>;

export const nothingDeclared: Declared = { task: null, parked: [], marks: [], turns: 0 };

/** When and where something was said, and how a number is made for a task that needs one. */
export interface Saying {
  now: number;
  zone: string;
  makeTaskId: () => string;
}

/** Begins a task; the one under way ends, or with `park` is put aside. A deadline becomes a mark. */
export function beginTask(
  before: Declared,
  said: DeclaredTask,
  { now, zone, makeTaskId }: Saying,
  how: "end" | "park" = "end",
): { after: Declared; marks: Mark[] } {
  const base = how === "park" ? parkTask(before, makeTaskId) : before;
  // A deadline and its task are found together by the task's number.
  const task = said.task ?? (said.due === undefined ? undefined : makeTaskId());
  const named = task === undefined ? said : { ...said, task };
  const turn = base.turns + 1;
  const { due, remaining, origin } = named;
  const deadline: Mark[] =
    due === undefined
      ? []
      : [{ kind: "deadline", at: formatInZone(now, zone), task, origin, due, remaining }];
  return {
    after: { ...base, task: { said: named, since: now, turn }, turns: turn },
    marks: deadline,
  };
}

export function endTask(before: Declared): Declared {
  return { ...before, task: null };
}

/** Puts the task under way aside. It is given a number if it has none, so that its pieces are known to belong together. */
export function parkTask(before: Declared, makeTaskId: () => string): Declared {
  if (!before.task) return before;
  const numbered = numberTask(before, makeTaskId);
  if (!numbered.task) return before;
  return {
    ...numbered,
    task: null,
    parked: [...numbered.parked, numbered.task].slice(-MAX_PARKED),
  };
}

/** Gives the task under way a number if it has none: the span under way is amended by it, not split. */
export function numberTask(before: Declared, makeTaskId: () => string): Declared {
  if (!before.task || before.task.said.task !== undefined) return before;
  return { ...before, task: { ...before.task, said: { ...before.task.said, task: makeTaskId() } } };
}

/** Back to a parked task (the last, or the one of that number). Null when there is none. */
export function takeUpTask(before: Declared, now: number, task?: string): Declared | null {
  const found =
    task === undefined
      ? before.parked.at(-1)
      : before.parked.findLast((parked) => parked.said.task === task);
  if (!found) return null;
  const turn = before.turns + 1;
  return {
    ...before,
    task: { ...found, since: now, turn },
    parked: before.parked.filter((parked) => parked !== found),
    turns: turn,
  };
}

/** Keeps an interruption or a call for help open; it is recorded when it ends, or when recording does. */
export function openMarkOf(before: Declared, mark: OpenMark): Declared {
  return { ...before, marks: [...before.marks, mark] };
}

/** Ends the open marks of a kind. */
export function endMarks(
  before: Declared,
  kind: OpenMark["kind"],
  { now, zone }: Pick<Saying, "now" | "zone">,
): { after: Declared; marks: Mark[] } {
  const ended = before.marks.filter((mark) => mark.kind === kind);
  return {
    after: { ...before, marks: before.marks.filter((mark) => mark.kind !== kind) },
    marks: ended.map((mark) => formatMark(mark, zone, Math.max(now, mark.at))),
  };
}

/** An open mark as it is recorded; without an end when that is not known. */
export function formatMark({ at, ...said }: OpenMark, zone: string, until?: number): Mark {
  const ended = until === undefined ? {} : { until: formatInZone(until, zone) };
  return { ...said, at: formatInZone(at, zone), ...ended };
}

/** What a declared task says in its span. */
export function contentOf({ said }: TaskUnderWay): SpanContent {
  const { due, remaining, ...content } = said;
  return { ...content, source: "declared" };
}
