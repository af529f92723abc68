import { randomUUID } from "node:crypto";
import { readdirSync, rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { migrate } from "#server/database/migrate";
import { openStore, type StoreConfig } from "#server/database/store";
import { openTestStore } from "#test/support/database";

const url = process.env.TEST_DATABASE_URL;
const steps = readdirSync(new URL("../../../server/database/migrations/", import.meta.url)).sort();

/** A place without anything in it, gone when the test is over. */
async function makeEmptyPlace(): Promise<StoreConfig> {
  if (!url) {
    const folder = await mkdtemp(join(tmpdir(), "etabli-migrate-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    return { folder };
  }
  const name = `etabli_test_${randomUUID().replaceAll("-", "").slice(0, 12)}`;
  const run = async (sql: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  await run(`create database ${name}`);
  onTestFinished(() => run(`drop database if exists ${name} with (force)`));
  const own = new URL(url);
  own.pathname = `/${name}`;
  return { url: own.href };
}

test("every step is told before it is taken, once; a second start takes none", async () => {
  const store = await openStore(await makeEmptyPlace());
  const told: string[] = [];
  await migrate(store, ({ name, number, of }) => told.push(`${number}/${of} ${name}`));
  expect(told).toEqual(steps.map((name, index) => `${index + 1}/${steps.length} ${name}`));
  await migrate(store, ({ name }) => told.push(name));
  expect(told).toHaveLength(steps.length);
  await store.close();
});

test("a database of a newer version is refused, with what to do, and left as it is", async () => {
  const store = await openTestStore();
  await store.pool.query("insert into migration (name) values ('9999-from-tomorrow.sql')");
  await expect(migrate(store)).rejects.toThrow(
    /made by a newer version \(9999-from-tomorrow\.sql.*Update Établi first/,
  );
  await store.pool.query("delete from migration where name = '9999-from-tomorrow.sql'");
  await migrate(store);
  await store.drop();
});

test("a step that fails leaves nothing of itself, and the next start takes it again", async () => {
  const store = await openTestStore();
  const last = steps.at(-1);
  // As if the program had been killed before the last step; what it makes is there already, made by hand.
  await store.pool.query("delete from migration where name = $1", [last]);
  await expect(migrate(store)).rejects.toThrow(/already exists/);
  const { rows } = await store.pool.query("select name from migration where name = $1", [last]);
  expect(rows).toEqual([]);
  const { rows: held } = await store.pool.query(
    "select count(*)::integer as n from pg_locks where locktype = 'advisory'",
  );
  expect(held).toEqual([{ n: 0 }]);
  await store.drop();
});

test("three servers that start at once on an empty database all start, and take each step once", async ({
  skip,
}) => {
  skip(!url, "needs several connections: set TEST_DATABASE_URL to a TimescaleDB server");
  for (let round = 0; round < 3; round++) {
    const place = await makeEmptyPlace();
    const stores = await Promise.all([1, 2, 3].map(() => openStore(place)));
    const told: string[] = [];
    await Promise.all(stores.map((store) => migrate(store, ({ name }) => told.push(name))));
    expect(told.toSorted()).toEqual(steps);
    const { rows } = (await stores[0]?.pool.query("select name from migration order by name")) ?? {
      rows: [],
    };
    expect(rows.map(({ name }) => name)).toEqual(steps);
    await Promise.all(stores.map((store) => store.close()));
  }
});
