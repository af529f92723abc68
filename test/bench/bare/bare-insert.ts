import type { Store } from "#server/database/store";
import type { StatementForm } from "./bare-order.ts";
import { type BareRow, columnsOf, type SpanTable } from "./bare-rows.ts";

interface Statement {
  text: string;
  values: unknown[];
}

/** Inserts ready-made rows one statement after the other, each its own transaction. @returns rows a second */
export async function timeBareInsert(
  store: Store,
  rows: readonly BareRow[],
  form: StatementForm,
): Promise<number> {
  const statements = writeStatements(rows, form);
  const client = await store.pool.connect();
  try {
    const start = performance.now();
    for (const { text, values } of statements) await client.query(text, values);
    return rows.length / ((performance.now() - start) / 1000);
  } finally {
    client.release();
  }
}

function writeStatements(rows: readonly BareRow[], { shape, rows: size }: StatementForm) {
  const statements: Statement[] = [];
  for (const table of ["work_span", "focus_span"] as const) {
    const own = rows.filter((row) => row.table === table).map(({ values }) => values);
    for (let from = 0; from < own.length; from += size) {
      const part = own.slice(from, from + size);
      statements.push(shape === "values" ? asValues(table, part) : asArrays(table, part));
    }
  }
  return statements;
}

function asArrays(table: SpanTable, rows: readonly unknown[][]): Statement {
  const columns = Object.entries(columnsOf[table]);
  const arrays = columns.map(([, type], nth) => `$${nth + 1}::${type}[]`);
  return {
    text: `insert into ${table} (${names(table)}) select * from unnest(${arrays.join(", ")})`,
    values: columns.map((_, nth) => rows.map((values) => values[nth])),
  };
}

function asValues(table: SpanTable, rows: readonly unknown[][]): Statement {
  const types = Object.values(columnsOf[table]);
  const tuples = rows.map((_, row) => {
    const places = types.map((type, nth) => `$${row * types.length + nth + 1}::${type}`);
    return `(${places.join(", ")})`;
  });
  return {
    text: `insert into ${table} (${names(table)}) values ${tuples.join(", ")}`,
    values: rows.flat(),
  };
}

function names(table: SpanTable): string {
  return Object.keys(columnsOf[table]).join(", ");
}
