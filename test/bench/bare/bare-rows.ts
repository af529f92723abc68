import { offsetMinutesOf } from "#schema/time";
import { simulateYesterday, spansOfBatch } from "../load/simulated-spans.ts";
import type { BatchRange } from "../load/work-order.ts";

const place = {
  person: "uuid",
  workstation: "uuid",
  epoch: "integer",
  seq: "bigint",
  index: "smallint",
};
const times = {
  started_at: "timestamptz",
  ended_at: "timestamptz",
  start_offset: "smallint",
  end_offset: "smallint",
};

/** The columns of the two tables spans go to, with their types. */
export const columnsOf = {
  work_span: {
    ...place,
    ...times,
    kind: "text",
    source: "text",
    label: "text",
    task: "text",
    origin: "text",
    allotted: "integer",
    scripted: "boolean",
    complexity: "smallint",
    waiting_on: "text",
    truncated: "boolean",
  },
  focus_span: {
    ...place,
    ...times,
    source: "text",
    label: "text",
    task: "text",
    origin: "text",
    truncated: "boolean",
  },
};
export type SpanTable = keyof typeof columnsOf;

/** One row: values in the order of the table's columns. */
export interface BareRow {
  table: SpanTable;
  values: unknown[];
}

/** The rows that batches `from` to `to` (of the range, not included) of all workstations become, as they would come. */
export function makeRows(range: BatchRange, from: number, to: number): BareRow[] {
  const days = simulateYesterday(range.workstations.length, range.now);
  const rows: BareRow[] = [];
  for (let nth = from; nth < to; nth++)
    for (const [agent, { person, workstation, epoch }] of range.workstations.entries()) {
      const seq = range.firstSeq + nth;
      const spans = spansOfBatch(days[agent] ?? [], seq, range.spansPerBatch);
      for (const [index, span] of spans.entries()) {
        const { kind, start, end, source, label, task, origin, truncated } = span;
        const { allotted, scripted, complexity, waitingOn } = span;
        const values: unknown[] = [person, workstation, epoch, seq, index, start, end];
        values.push(offsetMinutesOf(start), offsetMinutesOf(end));
        if (kind === "focus") values.push(source, label, task, origin, truncated);
        else values.push(kind, source, label, task, origin, allotted, scripted, complexity);
        if (kind !== "focus") values.push(waitingOn, truncated);
        rows.push({ table: kind === "focus" ? "focus_span" : "work_span", values });
      }
    }
  return rows;
}
