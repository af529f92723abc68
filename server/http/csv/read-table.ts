import { setImmediate as breathe } from "node:timers/promises";
import { CsvError, parse } from "csv-parse/sync";
import { Problem } from "#schema/problem";

const MAX_LINES = 50_000;
const LINES_AT_ONCE = 500;

/** A data line of a file by column name, or why it could not be read. */
export type CsvLine =
  | { line: number; values: Record<string, string> }
  | { line: number; reason: string };

/** The columns of a kind of file: those that must be there, and those that may. */
export interface CsvColumns {
  required: readonly string[];
  optional: readonly string[];
}

/**
 * Reads a file line by line, so that a bad one spoils no other: comma or semicolon, with or without byte order mark,
 * any line ends. Empty lines are skipped.
 * @throws Problem when the first line does not name the columns, or the file is too long
 */
export async function readTable(text: string, columns: CsvColumns): Promise<CsvLine[]> {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  if (lines.length > MAX_LINES)
    throw new Problem("too_large", `At most ${MAX_LINES} lines at once. Split the file.`);
  const first = lines.findIndex((line) => line.trim() !== "");
  const head = lines[first] ?? "";
  const delimiter = head.split(";").length > head.split(",").length ? ";" : ",";
  const names = readHead(head, delimiter, columns);
  const read: CsvLine[] = [];
  for (let index = first + 1; index < lines.length; index++) {
    if (index % LINES_AT_ONCE === 0) await breathe();
    const line = lines[index] ?? "";
    if (line.trim() !== "") read.push(readLine(line, index + 1, delimiter, names));
  }
  return read;
}

function readHead(head: string, delimiter: string, columns: CsvColumns): string[] {
  const all = [...columns.required, ...columns.optional];
  const expected = `The first line has to name the columns: ${all.join(",")}`;
  const cells = splitLine(head, delimiter);
  if (typeof cells === "string") throw new Problem("bad_input", `${expected}. ${cells}`);
  const names = cells.map((cell) => cell.toLowerCase());
  const missing = columns.required.filter((name) => !names.includes(name));
  const unknown = names.filter((name) => !all.includes(name));
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  const faults = [
    ...missing.map((name) => ({ path: "csv", reason: `column ${name} is missing` })),
    ...unknown.map((name) => ({ path: "csv", reason: `unknown column ${name.slice(0, 40)}` })),
    ...twice.map((name) => ({ path: "csv", reason: `column ${name.slice(0, 40)} comes twice` })),
  ].slice(0, 20);
  if (faults.length > 0) throw new Problem("bad_input", `${expected}.`, { refusals: faults });
  return names;
}

function readLine(text: string, line: number, delimiter: string, names: string[]): CsvLine {
  const cells = splitLine(text, delimiter);
  if (typeof cells === "string") return { line, reason: cells };
  if (cells.length !== names.length)
    return { line, reason: `has ${cells.length} columns where ${names.length} are named` };
  return { line, values: Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ""])) };
}

/** The trimmed cells of one line, or what is wrong with it. */
function splitLine(text: string, delimiter: string): string[] | string {
  try {
    const [cells = []] = parse(text, { delimiter, trim: true, relax_column_count: true });
    return cells.map(String);
  } catch (error) {
    if (error instanceof CsvError) return "its quotes do not match";
    throw error;
  }
}
