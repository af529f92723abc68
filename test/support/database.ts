import { createHash, randomUUID } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { migrate } from "#server/database/migrate";
import { openStore, type Store } from "#server/database/store";

/** A migrated store of this test's own, on `TEST_DATABASE_URL` when that is set, else embedded. */
export interface TestStore extends Store {
  /** The folder (embedded) or URL (server) it lives at, to open it a second time. */
  location: { folder: string } | { url: string };
  /** Closes it and throws it away. */
  drop(): Promise<void>;
}

const migrations = new URL("../../server/database/migrations/", import.meta.url);

function migrationsHash(): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(migrations).sort())
    hash.update(name).update(readFileSync(new URL(name, migrations)));
  return hash.digest("hex").slice(0, 16);
}

/** Opens a fresh store: migrated once per version, then cloned for each call. */
export async function openTestStore(): Promise<TestStore> {
  const place = await makeTestPlace();
  const store = await openStore(place.location);
  return {
    ...store,
    location: place.location,
    drop: async () => {
      await store.close();
      await place.drop();
    },
  };
}

/** A migrated database of this test's own that nobody has open yet: for a server to start on. */
export async function makeTestPlace(): Promise<Pick<TestStore, "location" | "drop">> {
  const url = process.env.TEST_DATABASE_URL;
  return url ? await cloneDatabase(url) : await cloneFolder();
}

async function cloneFolder() {
  const template = await prepareFolder();
  const folder = mkdtempSync(join(tmpdir(), "etabli-store-"));
  cpSync(template, folder, { recursive: true });
  return {
    location: { folder },
    drop: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Makes the migrated folder all embedded test stores are copied from, once for these migrations. */
export async function prepareFolder(): Promise<string> {
  const cache = new URL("../../node_modules/.cache/etabli-test/", import.meta.url).pathname;
  const template = join(cache, migrationsHash());
  if (existsSync(template)) return template;
  mkdirSync(cache, { recursive: true });
  const making = mkdtempSync(join(cache, "making-"));
  const store = await openStore({ folder: making });
  await migrate(store);
  await store.close();
  try {
    renameSync(making, template);
  } catch (error) {
    // Another worker was first; its folder is as good.
    if (!existsSync(template)) throw error;
    rmSync(making, { recursive: true, force: true });
  }
  return template;
}

async function cloneDatabase(url: string) {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  const name = `etabli_test_${randomUUID().replaceAll("-", "").slice(0, 12)}`;
  try {
    const template = await prepareDatabase(admin, url);
    await admin.query(`create database ${name} template ${template}`);
  } finally {
    await admin.end();
  }
  return {
    location: { url: withDatabase(url, name) },
    drop: async () => {
      const again = new pg.Client({ connectionString: url });
      await again.connect();
      await again.query(`drop database if exists ${name} with (force)`);
      await again.end();
    },
  };
}

// TimescaleDB's scheduler connects to every database it may: a template must allow no connections to be cloned.
async function prepareDatabase(admin: pg.Client, url: string): Promise<string> {
  const template = `etabli_template_${migrationsHash()}`;
  await admin.query("select pg_advisory_lock(7070002)");
  try {
    const found = await admin.query(
      "select 1 from pg_database where datname = $1 and not datallowconn",
      [template],
    );
    if (found.rowCount === 1) return template;
    await admin.query(`drop database if exists ${template} with (force)`);
    await admin.query(`create database ${template}`);
    const store = await openStore({ url: withDatabase(url, template) });
    await migrate(store);
    await store.close();
    await admin.query(`alter database ${template} with allow_connections false`);
    await admin.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [
      template,
    ]);
    return template;
  } finally {
    await admin.query("select pg_advisory_unlock(7070002)");
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
