import type { Clock } from "../clock.ts";
import { createTimeReader } from "../replay/time-format.ts";
import type { CsvSource } from "./feed-mapping.ts";
import { type FileState, tailFile } from "./tail-file.ts";
import { LATE_MS } from "./threads.ts";

/** The columns a line's fields come from, in the names of a message of the feed. */
const fieldNames = ["state", "at", "queue", "task", "id", "event"] as const;

/** How it stands with the file; `no-columns`: its first line does not name what the mapping speaks of. */
export type CsvState = FileState | "no-columns";

export interface CsvFeedOptions {
  source: CsvSource;
  clock: Clock;
  /** Each line of this person, as a message of the feed. */
  onMessage: (body: Record<string, string | number>) => void;
  /** A line that is none: nothing is said of what is in it. */
  onBadLine: () => void;
  onState: (state: CsvState) => void;
}

/** Follows a growing CSV log from its present end on. @returns how to end it */
export function startCsvFeed(options: CsvFeedOptions): () => void {
  let stopped = false;
  let stopTail = () => {};
  // Not everyone has a log to follow: the parser is loaded for those who do.
  import("csv-parse/sync").then(
    ({ parse }) => {
      if (!stopped) stopTail = followLog(options, parse);
    },
    () => {
      if (!stopped) options.onState("unreadable");
    },
  );
  return () => {
    stopped = true;
    stopTail();
  };
}

type Parse = typeof import("csv-parse/sync").parse;

function followLog(options: CsvFeedOptions, parse: Parse): () => void {
  const { source } = options;
  const readMessage = makeReader(source);
  let columns: readonly string[] | null = null;
  let file: FileState | null = null;
  /** Lines that may have been told, and are no younger than this, were, or are from before it all began. */
  let newest = options.clock.now() - LATE_MS;

  function tell(): void {
    if (file === "reading" && columns === null) options.onState("no-columns");
    else if (file) options.onState(file);
  }

  function splitLine(line: string): string[] | null {
    try {
      const [cells = []] = parse(line, {
        delimiter: source.delimiter,
        trim: true,
        relax_column_count: true,
      });
      return cells.map(String);
    } catch {
      // Quotes that do not match; the parser's own words would quote the line.
      return null;
    }
  }

  function isPast(at: string | number | undefined, isAgain: boolean): boolean {
    if (isAgain && (typeof at !== "number" || at <= newest)) return true;
    if (typeof at !== "number") return false;
    if (at <= options.clock.now()) newest = Math.max(newest, at);
    return false;
  }

  return tailFile({
    path: source.path,
    clock: options.clock,
    onHead(line) {
      const names = splitLine(line) ?? [];
      const wanted = [
        ...fieldNames.flatMap((field) => source[field] ?? []),
        ...Object.keys(source.only ?? {}),
      ];
      columns = wanted.every((name) => names.includes(name)) ? names : null;
      if (file) tell();
    },
    onLine(line, isAgain) {
      if (!columns) return;
      const cells = line === null ? null : splitLine(line);
      if (cells?.length !== columns.length) return options.onBadLine();
      const message = readMessage(new Map(columns.map((name, at) => [name, cells[at] ?? ""])));
      if (message === "bad") options.onBadLine();
      else if (message && !isPast(message.at, isAgain)) options.onMessage(message);
    },
    onState(next) {
      file = next;
      tell();
    },
  });
}

/** Makes what takes a line apart: a message, null for a line of somebody else, `bad` for one without a state. */
function makeReader(source: CsvSource) {
  const readTime = createTimeReader(source.format);
  const zone = source.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (cells: ReadonlyMap<string, string>): Record<string, string | number> | null | "bad" => {
    for (const [name, word] of Object.entries(source.only ?? {}))
      if (cells.get(name) !== word) return null;
    const message: Record<string, string | number> = {};
    for (const field of fieldNames) {
      const name = source[field];
      const cell = name === undefined ? "" : (cells.get(name) ?? "");
      if (cell === "") continue;
      const value = field === "at" ? readTime(cell, zone) : cell;
      if (value === null) return "bad";
      message[field] = value;
    }
    return "state" in message ? message : "bad";
  };
}
