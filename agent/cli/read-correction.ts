import type { Line } from "./command.ts";
import { readComplexity, readRemaining } from "./commands/work.ts";
import { readDuration, readMoment, readPast } from "./read-time.ts";
import { UsageError } from "./usage-error.ts";

const words = ["kind", "label", "task", "origin"] as const;
const pastTimes = ["start", "end", "at", "until"] as const;
const measures = ["due", "remaining", "allotted", "scripted", "complexity"] as const;

/** The options that say what is to be put right in an event. */
export const correctionOptions = [...words, ...pastTimes, ...measures] as const;

/** What an event can do without. */
const removable = ["label", "task", "origin", "until", ...measures] as const;

/** What a command line says is to be put right in an event. @throws UsageError */
export function readCorrection({ given, today }: Line): Record<string, unknown> {
  const change: Record<string, unknown> = {};
  for (const field of words) if (given[field] !== undefined) change[field] = given[field];
  for (const field of pastTimes) {
    const text = given[field];
    if (text !== undefined) change[field] = readPast(text, `--${field}`, today);
  }
  const { due, remaining, allotted, scripted, complexity } = given;
  if (due !== undefined) change.due = readMoment(due, "--due", today);
  if (remaining !== undefined) change.remaining = readRemaining(remaining);
  if (allotted !== undefined) change.allotted = readDuration(allotted, "--allotted", "seconds");
  if (scripted !== undefined) change.scripted = scripted;
  if (complexity !== undefined) change.complexity = readComplexity(complexity);
  for (const field of (given.without ?? []).flatMap((text) => text.split(","))) {
    if (!removable.some((known) => known === field))
      throw new UsageError(`--without takes ${removable.join(", ")}.`);
    if (change[field] !== undefined)
      throw new UsageError(`--${field} and --without ${field} contradict each other.`);
    change[field] = null;
  }
  if (Object.keys(change).length === 0)
    throw new UsageError("What is to be put right? For example: --label billing");
  return change;
}
