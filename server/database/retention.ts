import { execute } from "./query.ts";
import { asRole, type Store } from "./store.ts";

/** Drops the chunks of raw events that lie wholly before that moment. */
export async function dropRawBefore(store: Store, at: Date): Promise<void> {
  await asRole(store, "etabli_jobs", (db) => execute(db, "select drop_raw_before($1)", [at]));
}

/** Moves the chunks of raw events that lie wholly before that moment to the columnstore. */
export async function compressRawBefore(store: Store, at: Date): Promise<void> {
  await asRole(store, "etabli_jobs", (db) => execute(db, "select compress_raw_before($1)", [at]));
}
