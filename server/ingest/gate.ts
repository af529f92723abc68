import { createHash } from "node:crypto";
import { z } from "zod";
import type { Mark, Span, Tally } from "#schema/activity";
import {
  type Ack,
  type Batch,
  batch as batchSchema,
  MAX_BATCH_BYTES,
  type Refusal,
} from "#schema/batch";
import { type Charter, isOn } from "#schema/charter";
import { refusalsOf } from "#schema/problem";
import { DAY_MS, millisecondsOf, offsetMinutesOf } from "#schema/time";
import type { GatedBatch } from "../database/activity-write.ts";

/** What the gate knows of the connection and the moment. */
export interface GateContext {
  workstation: string;
  person: string;
  epoch: number;
  charters: ReadonlyMap<string, Charter>;
  now: Date;
  /** A replay store takes events of any age. */
  retentionSuspended: boolean;
}

const FUTURE_MS = 5 * 60_000;
const MAX_REFUSALS = 20;
const numbers = z.object({ epoch: z.int(), seq: z.int() });

/**
 * Decides whether the bytes of a batch may be stored: closed schema, own numbers, a charter this site knows, only
 * what that charter has on, no time ahead of the clock or older than the record is kept. Refused whole: a batch is
 * stored as sealed or not at all, and `refusals` says where and why.
 */
export function passGate(
  bytes: Uint8Array,
  context: GateContext,
): { pass: true; gated: GatedBatch } | { pass: false; ack: Ack } {
  if (bytes.length > MAX_BATCH_BYTES)
    return refuse({}, [{ path: "(root)", reason: `more than ${MAX_BATCH_BYTES} bytes` }]);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return refuse({}, [{ path: "(root)", reason: "not JSON in UTF-8" }]);
  }
  const parsed = batchSchema.safeParse(value);
  if (!parsed.success) return refuse(value, refusalsOf(parsed.error, MAX_REFUSALS));
  const refusals = [...checkNumbers(parsed.data, context)];
  const charter = context.charters.get(parsed.data.charter);
  if (charter) refusals.push(...checkEvents(parsed.data, charter, context));
  else refusals.push({ path: "charter", reason: "not a charter of this site" });
  if (refusals.length > 0) return refuse(value, refusals);
  return {
    pass: true,
    gated: {
      person: context.person,
      batch: parsed.data,
      sha256: createHash("sha256").update(bytes).digest(),
    },
  };
}

function refuse(value: unknown, refusals: Refusal[]): { pass: false; ack: Ack } {
  const found = numbers.safeParse(value);
  const { epoch, seq } = found.success ? found.data : { epoch: 0, seq: 0 };
  return {
    pass: false,
    ack: { epoch, seq, status: "refused", refusals: refusals.slice(0, MAX_REFUSALS) },
  };
}

function* checkNumbers(value: Batch, context: GateContext): Iterable<Refusal> {
  if (value.workstation !== context.workstation)
    yield { path: "workstation", reason: "not the workstation of this connection" };
  if (value.epoch > context.epoch)
    yield { path: "epoch", reason: `never granted; the epoch is ${context.epoch}` };
  if (value.gap && value.gap.epoch > context.epoch)
    yield { path: "gap.epoch", reason: `never granted; the epoch is ${context.epoch}` };
}

function checkEvents(value: Batch, charter: Charter, context: GateContext): Refusal[] {
  const check = new Checks(charter, context);
  check.notAhead("sealedAt", value.sealedAt);
  for (const [index, span] of value.spans.entries()) checkSpan(check, `spans.${index}`, span);
  for (const [index, mark] of value.marks.entries()) checkMark(check, `marks.${index}`, mark);
  for (const [index, tally] of value.tallies.entries())
    checkTally(check, `tallies.${index}`, tally);
  return check.refusals;
}

function checkSpan(check: Checks, path: string, span: Span): void {
  check.categoryOn(path, categoryOf(span));
  if (span.kind === "focus") check.applicationCategory(`${path}.label`, span.label);
  check.notAhead(`${path}.end`, span.end);
  check.notTooLate(`${path}.start`, span.start);
}

/** The charter's category a span belongs to. */
function categoryOf({ kind }: Span): "work" | "focus" | "community" {
  return kind === "focus" || kind === "community" ? kind : "work";
}

function checkMark(check: Checks, path: string, mark: Mark): void {
  check.categoryOn(path, "work");
  check.notAhead(`${path}.at`, mark.at);
  if (mark.until !== undefined) check.notAhead(`${path}.until`, mark.until);
  check.notTooLate(`${path}.at`, mark.at);
}

function checkTally(check: Checks, path: string, tally: Tally): void {
  check.categoryOn(path, "input");
  check.applicationCategory(`${path}.label`, tally.label);
  check.notAhead(`${path}.start`, tally.start);
  check.notTooLate(`${path}.start`, tally.start);
}

// One pass over up to 500 events: what depends only on the batch is worked out once.
class Checks {
  readonly refusals: Refusal[] = [];
  readonly #on: Record<"work" | "focus" | "input" | "community", boolean>;
  readonly #applications: ReadonlySet<string>;
  readonly #version: number;
  readonly #rawDays: number;
  readonly #now: number;
  readonly #suspended: boolean;

  constructor(charter: Charter, context: GateContext) {
    this.#on = {
      work: isOn(charter, "work"),
      focus: isOn(charter, "focus"),
      input: isOn(charter, "input"),
      community: isOn(charter, "community"),
    };
    this.#applications = new Set(charter.applicationCategories);
    this.#version = charter.version;
    this.#rawDays = charter.rawDays;
    this.#now = context.now.getTime();
    this.#suspended = context.retentionSuspended;
  }

  categoryOn(path: string, id: "work" | "focus" | "input" | "community"): void {
    if (!this.#on[id])
      this.#refuse(path, `charter version ${this.#version} does not record the category ${id}`);
  }

  applicationCategory(path: string, label: string | undefined): void {
    if (label === undefined || !this.#applications.has(label))
      this.#refuse(path, `not an application category of charter version ${this.#version}`);
  }

  notAhead(path: string, time: string): void {
    if (millisecondsOf(time) > this.#now + FUTURE_MS)
      this.#refuse(path, "lies more than 5 minutes in the future; check the workstation's clock");
  }

  // Raw days are counted from the end of the day the event is of, as the workstation's own clock saw it.
  notTooLate(path: string, time: string): void {
    if (this.#suspended) return;
    const offset = offsetMinutesOf(time) * 60_000;
    const dayEnd = Math.floor((millisecondsOf(time) + offset) / DAY_MS + 1) * DAY_MS - offset;
    if (dayEnd + this.#rawDays * DAY_MS < this.#now)
      this.#refuse(path, `too-late: older than the ${this.#rawDays} days raw events are kept`);
  }

  #refuse(path: string, reason: string): void {
    if (this.refusals.length < MAX_REFUSALS) this.refusals.push({ path, reason });
  }
}
