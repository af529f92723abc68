import { z } from "zod";
import { DAY_MS, millisecondsOf, timestamp } from "./time.ts";

/** What a technician can be at work on; the order is the priority when one exclusive state is needed (domain §0). */
export const workKinds = [
  "break",
  "tech_incident",
  "tool_wait",
  "contact",
  "acw",
  "expert_consult",
  "help_given",
  "case",
  "research",
  "training",
  "community",
  "meeting",
  "ready",
  "unknown",
] as const;
export const workKind = z.enum(workKinds, { error: `not one of: ${workKinds.join(", ")}` });
export type WorkKind = z.infer<typeof workKind>;

/** A work kind, or `focus`: the second layer, whose label is the application category in front. */
export const spanKind = z.enum([...workKinds, "focus"]);
export type SpanKind = z.infer<typeof spanKind>;

export const markKinds = [
  "interrupt",
  "deadline",
  "priority_conflict",
  "difficult_contact",
  "off_script",
  "help_request",
  "training_cancelled",
] as const;
export const markKind = z.enum(markKinds);

/** Whom or what an interruption comes from. */
export const interrupters = ["contact", "colleague", "system", "self"] as const;
export type Interrupter = (typeof interrupters)[number];

/** Whether an interruption may come from there. */
export function isInterrupter(label: string | undefined): label is Interrupter {
  return interrupters.some((entry) => entry === label);
}

export const origin = z.enum(["imposed", "chosen", "peer", "unknown"]);
export const source = z.enum(["declared", "sensed", "imported"]);

/** A span lasts a day at most: a longer one is a forgotten clock, not work. */
export const MAX_SPAN_MS = DAY_MS;

/** Short free names. No slash, colon or `@`: a URL, a path or an address cannot be written here. */
export const label = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} _.+'-]{0,39}$/u, {
  error: "up to 40 letters, digits, spaces or _ . + ' - and no address or path",
});

/** An opaque case or task number of the site. */
export const taskId = z.string().regex(/^[\p{L}\p{N}_-]{1,40}$/u, {
  error: "up to 40 letters, digits, _ or -",
});

const seconds = z.int().min(0).max(604_800);

const workOnly = ["allotted", "scripted", "complexity", "waitingOn"] as const;

/** A stretch `[start, end)` of one state. Zero length counts as an event and weighs nothing. */
export const span = z
  .strictObject({
    kind: spanKind,
    start: timestamp,
    end: timestamp,
    source,
    label: label.optional(),
    task: taskId.optional(),
    origin: origin.optional(),
    allotted: seconds.optional(),
    scripted: z.boolean().optional(),
    complexity: z.literal([1, 2, 3]).optional(),
    waitingOn: z.literal("customer").optional(),
    truncated: z.boolean().optional(),
  })
  .superRefine((value, context) => {
    const length = millisecondsOf(value.end) - millisecondsOf(value.start);
    if (length < 0)
      context.addIssue({ code: "custom", path: ["end"], message: "ends before it starts" });
    if (length > MAX_SPAN_MS)
      context.addIssue({ code: "custom", path: ["end"], message: "lasts more than 24 hours" });
    if (value.kind === "focus" && value.label === undefined)
      context.addIssue({
        code: "custom",
        path: ["label"],
        message: "focus needs the application category as label",
      });
    if (value.kind === "focus")
      for (const field of workOnly)
        if (value[field] !== undefined)
          context.addIssue({
            code: "custom",
            path: [field],
            message: "belongs to work spans, not to focus",
          });
  });
export type Span = z.infer<typeof span>;

/** A point in time; `until` closes an interruption or a help request. */
export const mark = z
  .strictObject({
    kind: markKind,
    at: timestamp,
    task: taskId.optional(),
    label: label.optional(),
    origin: origin.optional(),
    until: timestamp.optional(),
    due: timestamp.optional(),
    remaining: z.number().min(0).max(100_000).optional(),
  })
  .superRefine((value, context) => {
    if (value.until !== undefined && millisecondsOf(value.until) < millisecondsOf(value.at))
      context.addIssue({ code: "custom", path: ["until"], message: "lies before `at`" });
    if (value.kind === "deadline" && value.due === undefined)
      context.addIssue({ code: "custom", path: ["due"], message: "a deadline needs its due time" });
    if (value.kind === "interrupt" && value.label !== undefined && !isInterrupter(value.label))
      context.addIssue({
        code: "custom",
        path: ["label"],
        message: "an interruption comes from contact, colleague, system or self",
      });
  });
export type Mark = z.infer<typeof mark>;

const BIN_MS = 300_000;
const count = z.int().min(0).max(100_000);

/** Counts of input in a 5-minute bin: never keys, never positions, never intervals. */
export const tally = z
  .strictObject({
    start: timestamp,
    label,
    activeSeconds: z.int().min(0).max(300),
    keys: count,
    clicks: count,
    doubleClicks: count,
    scrolls: count,
    pauses: z.int().min(0).max(10),
  })
  .superRefine((value, context) => {
    if (millisecondsOf(value.start) % BIN_MS !== 0)
      context.addIssue({ code: "custom", path: ["start"], message: "not on a 5-minute boundary" });
  });
export type Tally = z.infer<typeof tally>;

/** A voluntary self-report. */
export const answer = z.discriminatedUnion("instrument", [
  z.strictObject({
    at: timestamp,
    instrument: z.literal("tlx"),
    scores: z.array(z.number().min(0).max(100)).length(6),
  }),
  z.strictObject({
    at: timestamp,
    instrument: z.literal("pressure"),
    scores: z.array(z.int().min(1).max(5)).length(1),
  }),
  z.strictObject({
    at: timestamp,
    instrument: z.literal("difficult"),
    scores: z.array(z.int().min(0).max(1000)).length(1),
  }),
]);

/** Where an event is stored and how it is named: `workstation/epoch/seq/index`. */
export const eventIdentity = z
  .string()
  .regex(/^[0-9a-f-]{36}\/\d+\/\d+\/\d+$/, { error: "expected workstation/epoch/seq/index" });
export type EventIdentity = z.infer<typeof eventIdentity>;

/** The identity of event `index` of a batch; spans are counted first, then marks, then tallies. */
export function formatIdentity(
  batch: { workstation: string; epoch: number; seq: number },
  index: number,
): EventIdentity {
  return `${batch.workstation}/${batch.epoch}/${batch.seq}/${index}`;
}

export const storedSpan = z.strictObject({ id: eventIdentity.optional(), ...span.shape });
export type StoredSpan = z.infer<typeof storedSpan>;
export const storedMark = z.strictObject({ id: eventIdentity.optional(), ...mark.shape });
export type StoredMark = z.infer<typeof storedMark>;
export const storedTally = z.strictObject({ id: eventIdentity.optional(), ...tally.shape });
export type StoredTally = z.infer<typeof storedTally>;
