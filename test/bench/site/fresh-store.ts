import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "#server/database/migrate";
import { openStore, type Store, type StoreConfig } from "#server/database/store";
import { openTestStore, prepareFolder } from "#test/support/database";

export type StoreKind = Store["kind"];

/** A migrated, empty store of a measurement's own; nobody has it open. */
export interface FreshStore {
  location: StoreConfig;
  /** What the server program is told so that it uses this store. */
  env: { ETABLI_DATA: string; DATABASE_URL?: string };
  /** Removes it from the machine. */
  drop(): Promise<void>;
}

/** Makes an empty store: a folder, or a database on the server of `TEST_DATABASE_URL`. */
export async function makeFreshStore(kind: StoreKind): Promise<FreshStore> {
  if (kind === "embedded") {
    const template = await prepareFolder();
    const { data, removeData } = makeDataFolder();
    const folder = join(data, "site", "database");
    cpSync(template, folder, { recursive: true });
    return {
      location: { folder },
      env: { ETABLI_DATA: data },
      drop: async () => removeData(),
    };
  }
  const { location, drop } = await openTestStore();
  if (!("url" in location)) throw new Error("TEST_DATABASE_URL is not set.");
  const { data, removeData } = makeDataFolder();
  return {
    location,
    env: { ETABLI_DATA: data, DATABASE_URL: location.url },
    drop: async () => {
      removeData();
      await drop();
    },
  };
}

function makeDataFolder() {
  const data = mkdtempSync(join(tmpdir(), "etabli-bench-"));
  return { data, removeData: () => rmSync(data, { recursive: true, force: true }) };
}

/** Opens a store as the server does, for as long as the work takes. */
export async function withStore<Result>(
  location: StoreConfig,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const store = await openStore(location);
  try {
    await migrate(store);
    return await work(store);
  } finally {
    await store.close();
  }
}
