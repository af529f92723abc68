import { z } from "zod";
import { label, taskId, type WorkKind } from "#schema/activity";
import { createTimeReader } from "../replay/time-format.ts";
import { type FeedMapping, normaliseState } from "./feed-mapping.ts";

/** What a state means for the record. */
export interface FeedTask {
  kind: WorkKind;
  /** The queue, where the mapping or its own name gives a label. */
  label?: string;
  task?: string;
}

/** A state as understood. Only `task` is for the record: the rest tells events apart and is never written anywhere. */
export interface FeedEvent {
  /** Null ends what was under way in the thread. */
  task: FeedTask | null;
  /** Which of several contacts at once; `MAIN` when the sender names none. */
  thread: string;
  /** When it began, epoch ms, as the sender says; null when not said or not understood. */
  at: number | null;
  /** The sender's own name of this message, to know a repeated one. */
  event: string | null;
  /** The state's word when no mapping knows it, to count such words. */
  unmapped: string | null;
  /** Fields that mean nothing here, and a case number that the mapping does not want. */
  ignored: number;
}

/** The thread of states that name no contact. */
export const MAIN = "main";

const text = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).trim())
  .pipe(z.string().min(1).max(100));
const optional = text.nullish().catch(undefined);

const fields = {
  state: text,
  at: z.union([z.string(), z.number()]).nullish().catch(undefined),
  queue: optional,
  task: optional,
  id: text.nullish(),
  event: optional,
  /** Taken, since senders have it, and not used. */
  channel: z.unknown().optional(),
};
const body = z.object(fields);

/**
 * Understands one message of a feed; see docs/telephony.md. A field that does not fit is as if it were not there, but
 * for the state and the contact's id, without which a message means nothing or something else.
 */
export function parseFeedEvent(
  value: unknown,
  mapping: FeedMapping,
): { ok: true; event: FeedEvent } | { ok: false; reason: string } {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { ok: false, reason: 'expected one JSON object such as {"state":"on_contact"}' };
  const parsed = body.safeParse(value);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
    return { ok: false, reason: `${names.join(", ")}: expected a text of 1 to 100 characters` };
  }
  const { state, at, queue, task, id, event } = parsed.data;
  const word = normaliseState(state);
  const number = readTask(task, mapping);
  const isIgnored = ([name, content]: [string, unknown]) =>
    name === "task"
      ? number === undefined && content !== null && content !== undefined
      : !Object.hasOwn(fields, name);
  const kind = mapping.states.get(word);
  return {
    ok: true,
    event: {
      task: kind === null ? null : describeTask(kind ?? "unknown", queue, number, mapping),
      // With a sign before it, no contact's id is taken for the thread of those without.
      thread: id === undefined || id === null ? MAIN : `#${id}`,
      at: readAt(at),
      event: event ?? null,
      unmapped: kind === undefined ? word : null,
      ignored: Object.entries(value).filter(isIgnored).length,
    },
  };
}

function describeTask(
  kind: WorkKind,
  queue: string | null | undefined,
  task: string | undefined,
  { queues }: FeedMapping,
): FeedTask {
  const named = queue === undefined || queue === null ? undefined : labelOf(queue, queues);
  return {
    kind,
    ...(named !== undefined && { label: named }),
    ...(task !== undefined && { task }),
  };
}

/** The case number, where the mapping says that it is one. */
function readTask(task: string | null | undefined, { tasks }: FeedMapping): string | undefined {
  const parsed = taskId.safeParse(task);
  return parsed.success && tasks?.test(parsed.data) ? parsed.data : undefined;
}

/** Seven digits and more may be somebody's telephone number, whatever the field is called. */
const telephoneNumber = /^\D{0,2}(\d\D?){7,}$/;

function labelOf(queue: string, queues: FeedMapping["queues"]): string | undefined {
  if (queues) return queues.get(queue);
  if (telephoneNumber.test(queue)) return undefined;
  const parsed = label.safeParse(queue);
  return parsed.success ? parsed.data : undefined;
}

const readIso = createTimeReader("iso");
const withOffset = /(Z|[+-]\d{2}:?\d{2})$/;
/** Below this a number is taken for seconds; in milliseconds it would lie in 1973. */
const SECONDS_BELOW = 100_000_000_000;

/** Epoch ms of a time with offset, or of seconds or milliseconds since 1970; null when it is none of these. */
function readAt(at: string | number | null | undefined): number | null {
  if (typeof at === "string")
    return withOffset.test(at.trim()) ? readIso(at.replace(/z$/, "Z"), "UTC") : null;
  if (typeof at !== "number" || at <= 0) return null;
  return Math.round(at < SECONDS_BELOW ? at * 1000 : at);
}
