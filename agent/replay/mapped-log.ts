import type { SpanKind } from "#schema/activity";
import { type CallLog, type LoggedSpan, MalformedLine, WrongFile, writeSpan } from "./call-log.ts";
import { splitRows } from "./delimited-text.ts";
import { type ColumnName, type Mapping, namedColumns } from "./mapping.ts";
import { createTimeReader } from "./time-format.ts";

/** Gives the text of a column in the row at hand. */
type Cell = (column: ColumnName) => string;

/**
 * Reads a call log whose columns a mapping names. It holds people's spans and no queue feed.
 * @throws WrongFile when the first line lacks a column the mapping names
 */
export function readMappedLog(text: string, zone: string, mapping: Mapping): CallLog {
  const { rows, faults } = splitRows(text, mapping.delimiter, mapping.quote);
  const header = mapping.header ? (rows.shift()?.cells ?? []).map((name) => name.trim()) : [];
  const missing = namedColumns(mapping)
    .map(([, name]) => name)
    .filter((name) => typeof name === "string" && !header.includes(name));
  if (missing.length > 0)
    throw new WrongFile(
      `not a file of that mapping: the first line should name the columns ${[...new Set(missing)].join(", ")}`,
    );
  const readLine = createLineReader(mapping, zone);
  const spans: LoggedSpan[] = [];
  for (const { line, cells } of rows) {
    const cell: Cell = (column) => {
      const position = typeof column === "string" ? header.indexOf(column) : column - 1;
      const found = cells[position];
      if (found === undefined)
        throw new MalformedLine(`${nameOf(column)}: expected a column here, found ${cells.length}`);
      return found.trim();
    };
    try {
      const one = readLine(cell);
      if (one) spans.push(one);
    } catch (error) {
      if (!(error instanceof MalformedLine)) throw error;
      faults.push({ line, reason: error.message });
    }
  }
  return { spans, queue: [], faults };
}

/** Makes the reader of one line; null for a line the mapping passes over. */
function createLineReader(mapping: Mapping, zone: string): (cell: Cell) => LoggedSpan | null {
  const readStart = createMoment(mapping.start, zone);
  const readEnd = createEnd(mapping, zone);
  const labelColumn =
    mapping.label && "column" in mapping.label ? nameOf(mapping.label.column) : "label";
  return (cell) => {
    const kind = readKind(mapping, cell);
    if (kind === "skip") return null;
    const start = readStart(cell);
    const label = readLabel(mapping, cell);
    return writeSpan(
      cell(mapping.person),
      nameOf(mapping.person),
      {
        start,
        end: readEnd(cell, start),
        startColumn: columnsOf(mapping.start.column),
        endColumn: columnsOf(mapping.end?.column ?? mapping.duration?.column ?? "end"),
        zone,
      },
      { kind, labelColumn, ...(label === "" ? {} : { label }) },
    );
  };
}

function createMoment(time: Mapping["start"], zone: string): (cell: Cell) => number {
  const read = createTimeReader(time.format);
  return (cell) => {
    const at = read([time.column].flat().map(cell).join(" "), zone);
    if (at === null)
      throw new MalformedLine(`${columnsOf(time.column)}: expected a time as ${time.format}`);
    return at;
  };
}

function createEnd(mapping: Mapping, zone: string): (cell: Cell, start: number) => number {
  if (mapping.end) {
    const read = createMoment(mapping.end, zone);
    return (cell) => read(cell);
  }
  const { duration } = mapping;
  if (!duration) throw new WrongFile("the mapping names neither end nor duration");
  return (cell, start) => {
    const length = readLength(cell(duration.column), duration.unit);
    if (length === null)
      throw new MalformedLine(
        `${nameOf(duration.column)}: expected a duration in ${duration.unit}, not negative`,
      );
    return start + length;
  };
}

/** A length in ms; null when the text is not one of that unit. */
function readLength(text: string, unit: NonNullable<Mapping["duration"]>["unit"]): number | null {
  if (unit === "h:mm:ss") {
    const parts = /^(\d{1,3}):([0-5]\d):([0-5]\d)$/.exec(text);
    if (!parts) return null;
    return (Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3])) * 1000;
  }
  if (!/^\d{1,12}(\.\d{1,6})?$/.test(text)) return null;
  const scale = { milliseconds: 1, seconds: 1000, minutes: 60_000 }[unit];
  return Math.round(Number(text) * scale);
}

function readKind({ kind }: Mapping, cell: Cell): SpanKind | "skip" {
  if ("constant" in kind) return kind.constant;
  const known = Object.hasOwn(kind.values, cell(kind.column))
    ? kind.values[cell(kind.column)]
    : kind.otherwise;
  if (known === undefined)
    throw new MalformedLine(
      `${nameOf(kind.column)}: expected one of ${Object.keys(kind.values).join(", ")}`,
    );
  return known;
}

function readLabel({ label }: Mapping, cell: Cell): string {
  if (!label) return "";
  if ("constant" in label) return label.constant;
  const text = cell(label.column);
  return label.values && Object.hasOwn(label.values, text) ? (label.values[text] ?? "") : text;
}

function nameOf(column: ColumnName): string {
  return typeof column === "string" ? column : `column ${column}`;
}

function columnsOf(columns: Mapping["start"]["column"]): string {
  return [columns].flat().map(nameOf).join(" and ");
}
