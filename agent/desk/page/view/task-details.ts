import { type DeclaredTask, declaredTask } from "#agent/control/messages";
import { origin } from "#schema/activity";
import type { Timestamp } from "#schema/time";
import { fromInput } from "./clock.ts";

/** What stands in the fields, as text; empty is not said. */
export interface TaskFields {
  label: string;
  task: string;
  /** Minutes. */
  allotted: string;
  /** Of an `<input type="datetime-local">`. */
  due: string;
  /** Minutes. */
  remaining: string;
  origin: string;
  scripted: string;
  complexity: string;
  waitsForCustomer: boolean;
}

export const emptyFields: TaskFields = {
  label: "",
  task: "",
  allotted: "",
  due: "",
  remaining: "",
  origin: "",
  scripted: "",
  complexity: "",
  waitsForCustomer: false,
};

/** Fields a person can get wrong. */
export type WrongField = "label" | "task" | "allotted" | "due" | "remaining";

const { shape } = declaredTask;

/** What was said of a task, and which fields cannot be read. @param now gives the offset from UTC */
export function readTaskFields(
  fields: TaskFields,
  now: Timestamp,
): { said: Omit<DeclaredTask, "kind">; wrong: WrongField[] } {
  const label = textIn(fields.label);
  const task = textIn(fields.task);
  const due = fields.due === "" ? undefined : (fromInput(fields.due, now) ?? fields.due);
  const minutes = numberIn(fields.allotted);
  const allotted = minutes === undefined ? undefined : Math.round(minutes * 60);
  const remaining = numberIn(fields.remaining);
  const values = { label, task, allotted, due, remaining };
  const names = ["label", "task", "allotted", "due", "remaining"] as const;
  return {
    said: {
      ...values,
      origin: origin.safeParse(fields.origin).data,
      scripted: fields.scripted === "" ? undefined : fields.scripted === "yes",
      complexity: shape.complexity.safeParse(Number(fields.complexity)).data,
      waitingOn: fields.waitsForCustomer ? "customer" : undefined,
    },
    wrong: names.filter((name) => !shape[name].safeParse(values[name]).success),
  };
}

function textIn(field: string): string | undefined {
  return field.trim() === "" ? undefined : field.trim();
}

/** A number, also with a comma; not a number where there is none to read. */
function numberIn(field: string): number | undefined {
  return field.trim() === "" ? undefined : Number(field.replace(",", "."));
}
