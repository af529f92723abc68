import { parse } from "csv-parse/sync";
import { z } from "zod";
import type { LineFault } from "./call-log.ts";

/** One record of a delimited file and the number of the line it ends on, counted from 1. */
export interface Row {
  line: number;
  cells: string[];
}

/** What csv-parse gives with `info`, which its types do not say. */
const records = z.array(
  z.object({ record: z.array(z.string()), info: z.object({ lines: z.int() }) }),
);

/** Splits delimited text into records; CRLF or LF, empty lines skipped. A quote left open becomes a fault. */
export function splitRows(
  text: string,
  delimiter: string,
  quote: string | false,
): { rows: Row[]; faults: LineFault[] } {
  const faults: LineFault[] = [];
  const found: unknown = parse(text, {
    bom: true,
    delimiter,
    quote,
    relax_quotes: true,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    info: true,
    on_skip: (error) => {
      const line = error !== undefined && "lines" in error ? Number(error.lines) : 0;
      if (!faults.some((fault) => fault.line === line))
        faults.push({ line, reason: "a quote is opened before here and never closed" });
      return undefined;
    },
  });
  return {
    rows: records.parse(found).map(({ record, info }) => ({ line: info.lines, cells: record })),
    faults,
  };
}
