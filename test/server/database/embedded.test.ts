import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FolderInUse, lockFolder } from "#server/database/folder-lock";
import { openStore, type Store } from "#server/database/store";

let folder: string;
let store: Store;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "etabli-embedded-"));
  store = await openStore({ folder });
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

test("a query is answered whatever the length of its messages, also on the edge of the input buffer", async () => {
  for (const edge of [8192, 16_384, 24_576])
    for (let length = edge - 120; length <= edge + 20; length++) {
      const text = "x".repeat(length);
      const { rows } = await store.pool.query("select length($1::text) as length", [text]);
      expect(rows).toEqual([{ length }]);
    }
});

test("large answers and many rows come whole", async () => {
  const { rows } = await store.pool.query(
    "select n, repeat('y', 500) as y from generate_series(1, 20000) as n",
  );
  expect(rows).toHaveLength(20_000);
  expect(rows.at(-1)).toEqual({ n: 20_000, y: "y".repeat(500) });
});

test("a client that breaks off in a transaction leaves nothing of it to the next", async () => {
  const first = await store.pool.connect();
  await first.query("begin; create table half_done (n integer); set role pg_monitor");
  first.release(new Error("broke off"));
  const { rows } = await store.pool.query(
    `select to_regclass('public.half_done') as found, current_user::text as who, current_schema()::text as home`,
  );
  expect(rows).toEqual([{ found: null, who: "postgres", home: "public" }]);
});

test("a store opened again takes rows, compresses them and gives them back", async () => {
  const again = mkdtempSync(join(tmpdir(), "etabli-again-"));
  const first = await openStore({ folder: again });
  await first.pool.query("create table early (at timestamptz not null, n integer)");
  await first.pool.query("select create_hypertable('early', by_range('at'))");
  await first.pool.query("alter table early set (timescaledb.enable_columnstore)");
  await first.close();
  const second = await openStore({ folder: again });
  await second.pool.query("insert into early values ('2026-01-01', 1), ('2026-03-01', 2)");
  await second.pool.query("select compress_chunk(chunk) from show_chunks('early') as chunk");
  await second.pool.query("insert into early values ('2026-01-02', 3)");
  const { rows } = await second.pool.query("select sum(n)::integer as sum from early");
  await second.close();
  rmSync(again, { recursive: true, force: true });
  expect(rows).toEqual([{ sum: 6 }]);
});

test("a second process on the folder is refused and told who holds it", () => {
  // The lock belongs to the open file, so even this process's second try is refused.
  expect(() => lockFolder(folder)).toThrow(FolderInUse);
  expect(() => lockFolder(folder)).toThrow(new RegExp(`process ${process.pid}.*ETABLI_DATA`));
});

test("the lock is free as soon as its holder is killed", async () => {
  const other = mkdtempSync(join(tmpdir(), "etabli-lock-"));
  const holder = spawn(
    process.execPath,
    [
      "--import",
      "tsx",
      "-e",
      `import("./server/database/folder-lock.ts").then((m) => { m.lockFolder(${JSON.stringify(other)}); console.log("held"); setInterval(() => {}, 1000); })`,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  await once(holder.stdout, "data");
  expect(() => lockFolder(other)).toThrow(`process ${holder.pid}`);
  holder.kill("SIGKILL");
  await once(holder, "exit");
  lockFolder(other)();
  rmSync(other, { recursive: true, force: true });
});
