import { z } from "zod";
import { label, taskId, workKind } from "#schema/activity";
import { categoryId } from "#schema/charter";

/** What a command asks the running agent; one JSON line each way. */
export const request = z.discriminatedUnion("command", [
  z.strictObject({ command: z.literal("status") }),
  z.strictObject({
    command: z.literal("task-start"),
    kind: workKind,
    label: label.optional(),
    task: taskId.optional(),
  }),
  z.strictObject({ command: z.literal("task-stop") }),
  z.strictObject({ command: z.literal("pause") }),
  z.strictObject({ command: z.literal("resume") }),
  z.strictObject({ command: z.literal("category"), id: categoryId, on: z.boolean() }),
]);
export type Request = z.infer<typeof request>;

/** What the agent is doing, for the person at this machine. */
export const status = z.strictObject({
  server: z.string(),
  mode: z.string(),
  recording: z.enum(["on", "paused", "no-charter"]),
  connection: z.strictObject({ kind: z.string(), message: z.string().optional() }),
  charter: z.strictObject({ version: z.int(), title: z.string(), sha256: z.string() }).nullable(),
  /** Optional categories the person has switched off. */
  declined: z.array(categoryId),
  task: z
    .strictObject({ kind: workKind, label: z.string().optional(), since: z.string() })
    .nullable(),
  applications: z.strictObject({ state: z.string(), inFront: z.string().nullable() }),
  waiting: z.strictObject({ events: z.int(), batches: z.int(), refused: z.int() }),
  troubles: z.array(z.string()),
});
export type Status = z.infer<typeof status>;

export const reply = z.discriminatedUnion("ok", [
  z.strictObject({ ok: z.literal(true), message: z.string(), status: status.optional() }),
  z.strictObject({ ok: z.literal(false), message: z.string() }),
]);
export type Reply = z.infer<typeof reply>;
