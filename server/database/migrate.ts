import { readdir, readFile } from "node:fs/promises";
import { z } from "zod";
import { readRow } from "./query.ts";
import type { Store } from "./store.ts";

const LOCK = 7_070_001;

/** Said before each step, so that a long one is seen to be under way. */
export type MigrationProgress = (step: { name: string; number: number; of: number }) => void;

/**
 * Brings the database to this version's schema. Each file runs in one transaction that records its name first, all
 * under one lock, so that two servers starting at once do each step once.
 * @throws when the database is newer than this program, or lacks TimescaleDB
 */
export async function migrate(store: Store, onStep: MigrationProgress = () => {}): Promise<void> {
  const folder = new URL("./migrations/", import.meta.url);
  const files = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  const client = await store.pool.connect();
  try {
    await client.query("set client_min_messages = warning");
    // Even "if not exists" fails when two sessions make the same thing at once.
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    await client.query("create extension if not exists timescaledb");
    await client.query(
      "create table if not exists migration (name text primary key, applied_at timestamptz not null default now())",
    );
    const newest = await readRow(
      client,
      z.object({ name: z.string().nullable() }),
      "select max(name) as name from migration",
    );
    const known = files.at(-1) ?? "";
    if (newest?.name && newest.name > known)
      throw new Error(
        `The database was made by a newer version (${newest.name}, this one knows ${known}). Update Établi first.`,
      );
    for (const [index, name] of files.entries()) {
      const sql = await readFile(new URL(name, folder), "utf8");
      await client.query("begin");
      const fresh = await client.query(
        "insert into migration (name) values ($1) on conflict do nothing",
        [name],
      );
      if (fresh.rowCount === 1) {
        onStep({ name, number: index + 1, of: files.length });
        await client.query(sql);
      }
      await client.query("commit");
    }
    await client.query("select pg_advisory_unlock($1)", [LOCK]);
    client.release();
  } catch (error) {
    // Ends the session, its transaction and its lock.
    client.release(true);
    throw error;
  }
}
