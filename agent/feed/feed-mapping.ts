import { readFileSync } from "node:fs";
import { isAbsolute } from "node:path";
import { z } from "zod";
import { label, type WorkKind, workKind } from "#schema/activity";
import { timeZone } from "#schema/time";
import { timeFormat } from "../replay/time-format.ts";
import { describeIssues } from "./describe-issues.ts";

export const FEED_FILE = "feed-mapping.json";

/** The mapping file says something that cannot be read; the message says where, and quotes nothing of it. */
export class FeedError extends Error {
  override name = "FeedError";
}

const column = z.string().min(1).max(200);

const csvSource = z.strictObject({
  path: z.string().refine(isAbsolute, { error: "give the whole path, from the root on" }),
  /** Columns by the names in the first line. */
  state: column,
  at: column.optional(),
  queue: column.optional(),
  task: column.optional(),
  id: column.optional(),
  event: column.optional(),
  /** Lines of this person only: what other columns must say, word for word. */
  only: z.record(column, z.string()).optional(),
  delimiter: z.string().length(1, { error: "one character" }).default(","),
  /** How the column `at` is written; see `timeFormat`. */
  format: timeFormat.default("iso"),
  /** Of times without an offset; this machine's own when not given. */
  zone: timeZone.optional(),
});
export type CsvSource = z.infer<typeof csvSource>;

/** Which case numbers are taken: all, none, or those that are of a pattern as a whole. */
const tasks = z
  .union([z.boolean(), z.string().min(1).max(200)], {
    error: "expected true, false, or a pattern such as C-[0-9]+",
  })
  .transform((given, context) => {
    if (typeof given === "boolean") return given ? /^/u : null;
    try {
      return new RegExp(`^(?:${given})$`, "u");
    } catch {
      // The message of the engine would quote it.
      context.addIssue({ code: "custom", message: "not a pattern (a regular expression)" });
      return z.NEVER;
    }
  });

const mappingFile = z.strictObject({
  /** A vendor's word for a state, in any case, and the work kind it means; null ends what was under way. */
  states: z
    .record(z.string().max(100).regex(/\S/, { error: "a word is missing" }), workKind.nullable())
    .default({})
    .superRefine((states, context) => {
      const seen = new Set<string>();
      for (const word of Object.keys(states)) {
        if (seen.has(normaliseState(word)))
          context.addIssue({
            code: "custom",
            path: [word],
            message: "stands here twice; upper and lower case are the same",
          });
        seen.add(normaliseState(word));
      }
    }),
  /** A vendor's name or number of a queue, and the label it gets. When given, other queues get none. */
  queues: z.record(z.string(), label).optional(),
  /** Without it no case number is taken: some systems send the caller's telephone number as such. */
  tasks: tasks.default(null),
  csv: csvSource.optional(),
});

/** How the words of a telephone system or customer file are understood. */
export interface FeedMapping {
  states: ReadonlyMap<string, WorkKind | null>;
  queues: ReadonlyMap<string, string> | null;
  /** What a case number must look like to be taken; null when none is. */
  tasks: RegExp | null;
  csv: CsvSource | null;
}

/** Six neutral states, and the two words for the end of a contact; a mapping's own words come before them. */
const neutralStates: readonly [string, WorkKind | null][] = [
  ["available", "ready"],
  ["on_contact", "contact"],
  ["on_hold", "contact"],
  ["after_contact", "acw"],
  // What a person does off the queue is not told, so nothing is claimed of it.
  ["off_queue", "unknown"],
  ["break", "break"],
  ["ended", null],
  ["closed", null],
];

/** A state's word as it is compared. */
export function normaliseState(word: string): string {
  return word.trim().toLowerCase();
}

/**
 * Reads a mapping from JSON; see docs/telephony.md.
 * @param name what the error calls it
 * @throws FeedError
 */
export function parseFeedMapping(json: string, name: string): FeedMapping {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    // Not the parser's own words: they quote what stands there.
    throw new FeedError(`${name} is not JSON.`);
  }
  const parsed = mappingFile.safeParse(value);
  if (!parsed.success)
    throw new FeedError(`${name}: ${describeIssues(parsed.error.issues, json)}.`);
  const { states, queues, tasks, csv } = parsed.data;
  if (csv?.task !== undefined && tasks === null)
    throw new FeedError(`${name}: csv.task: say with "tasks" which case numbers are to be taken.`);
  const own = Object.entries(states).map(([word, kind]) => [normaliseState(word), kind] as const);
  return {
    states: new Map([...neutralStates, ...own]),
    queues: queues ? new Map(Object.entries(queues)) : null,
    tasks,
    csv: csv ?? null,
  };
}

/** The mapping without a file: the neutral states. */
export const neutralMapping: FeedMapping = parseFeedMapping("{}", FEED_FILE);

/**
 * The mapping of a person's own file; the neutral states when there is none.
 * @throws FeedError
 */
export function readFeedMapping(path: string): FeedMapping {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return neutralMapping;
    throw error;
  }
  return parseFeedMapping(text.replace(/^\uFEFF/, ""), path);
}
