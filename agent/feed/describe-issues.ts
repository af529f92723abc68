import { z } from "zod";

/** Places whose names are the person's own: words of a vendor, queues, columns. They are told by their number alone. */
const ownNames = new Set(["states", "queues", "csv.only"]);

const nested: z.ZodType<Record<string, unknown>> = z.record(z.string(), z.unknown());

/**
 * Says what is wrong in a mapping and where, without a word of it: the message may reach the journal of the system.
 * @param json the text it was read from: numbers are those of the entries as they stand there
 */
export function describeIssues(issues: readonly z.core.$ZodIssue[], json: string): string {
  const written = readInOrder(json);
  return issues.map((issue) => describeIssue(issue, written)).join("; ");
}

function describeIssue(issue: z.core.$ZodIssue, written: unknown): string {
  const place = placeOf(issue.path, written);
  if (issue.code !== "unrecognized_keys") return `${place.text}: ${issue.message}`;
  const entries = issue.keys.map((name) => numberOf(name, place.value)).join(" and ");
  return `${place.text}, entry ${entries}: nothing of this name is known here`;
}

/** Where an issue is, in words, and what is written there. */
function placeOf(path: readonly PropertyKey[], written: unknown): { text: string; value: unknown } {
  let value = written;
  const steps: string[] = [];
  for (const step of path.map(String)) {
    const isOwn = ownNames.has(steps.join("."));
    const text = isOwn ? `entry ${numberOf(step, value)}` : step;
    value = nested.safeParse(value).data?.[mark(step)];
    if (isOwn) return { text: `${steps.join(".")}, ${text}`, value };
    steps.push(text);
  }
  return { text: steps.join(".") || "the file", value };
}

function numberOf(name: string, object: unknown): number {
  return Object.keys(nested.safeParse(object).data ?? {}).indexOf(mark(name)) + 1;
}

/** An object lists names that are numbers before all others, wherever they stand. With a sign before it none is one. */
const mark = (name: string) => `#${name}`;

function readInOrder(json: string): unknown {
  return JSON.parse(
    json.replace(/"((?:[^"\\]|\\.)*)"(\s*:)?/g, (text, name: string, colon?: string) =>
      colon === undefined ? text : `"${mark(name)}"${colon}`,
    ),
  );
}
