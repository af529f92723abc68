import type { QueryResult } from "pg";
import type { z } from "zod";

/** A pool, a client or a transaction: whatever runs SQL. */
export interface Db {
  query(sql: string, values?: unknown[]): Promise<QueryResult>;
}

/** Runs SQL and parses every row. */
export async function readRows<Row extends z.ZodType>(
  db: Db,
  row: Row,
  sql: string,
  values: unknown[] = [],
): Promise<z.infer<Row>[]> {
  const result = await db.query(sql, values);
  return result.rows.map((value: unknown) => row.parse(value));
}

/** The first row, or undefined. */
export async function readRow<Row extends z.ZodType>(
  db: Db,
  row: Row,
  sql: string,
  values: unknown[] = [],
): Promise<z.infer<Row> | undefined> {
  return (await readRows(db, row, sql, values))[0];
}

/** Runs SQL that gives nothing back; the number of rows it touched. */
export async function execute(db: Db, sql: string, values: unknown[] = []): Promise<number> {
  return (await db.query(sql, values)).rowCount ?? 0;
}
