import pg from "pg";
import { EmbeddedDatabase } from "./embedded.ts";
import type { Db } from "./query.ts";

/** The roles the server works under; see migrations/0001-roles.sql. */
export type DatabaseRole =
  | "etabli_ingest"
  | "etabli_subject"
  | "etabli_health"
  | "etabli_vault"
  | "etabli_audit"
  | "etabli_operator"
  | "etabli_auth"
  | "etabli_jobs";

/** An open database, embedded or a server; the rest of the program does not see which. */
export interface Store {
  kind: "embedded" | "server";
  pool: pg.Pool;
  /** Settles when the embedded database has ended by itself; on a server connections come back, and it never does. */
  lost: Promise<Error>;
  close(): Promise<void>;
}

/** Which database to open: a TimescaleDB server's URL, or the folder of an embedded one. */
export type StoreConfig = { url: string } | { folder: string };

/**
 * Opens the database.
 * @throws FolderInUse when another process has the embedded folder open, NoDatabase when the server does not answer
 */
export async function openStore(config: StoreConfig): Promise<Store> {
  if ("url" in config) {
    const pool = new pg.Pool({
      connectionString: config.url,
      max: 10,
      application_name: "etabli",
      connectionTimeoutMillis: 10_000,
    });
    surviveBreaks(pool);
    await greetDatabase(pool);
    return { kind: "server", pool, lost: new Promise(() => {}), close: () => pool.end() };
  }
  const embedded = await EmbeddedDatabase.open(config.folder);
  const pool = new pg.Pool({
    max: 1,
    idleTimeoutMillis: 0,
    user: "postgres",
    database: "postgres",
    stream: () => embedded.connect(),
  });
  surviveBreaks(pool);
  return {
    kind: "embedded",
    pool,
    lost: embedded.lost,
    close: async () => {
      await pool.end();
      await embedded.close();
    },
  };
}

/** The database named in DATABASE_URL cannot be used; the message says what to check. */
export class NoDatabase extends Error {
  override readonly name = "NoDatabase";
}

async function greetDatabase(pool: pg.Pool): Promise<void> {
  try {
    (await pool.connect()).release();
  } catch (error) {
    await pool.end();
    const reason = error instanceof Error ? error.message : String(error);
    throw new NoDatabase(
      `The database does not answer (${reason}). Check that it runs, and the address, user and password in DATABASE_URL.`,
    );
  }
}

// A connection that breaks is replaced at the next query, and whoever was using it is told by the query that fails.
// Without listeners, one for idle connections and one for those in use, it would end the process.
function surviveBreaks(pool: pg.Pool): void {
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
}

/**
 * One transaction under one database role, and for `etabli_subject` on behalf of one person: what the role may not
 * read fails in the database. Never nest: the embedded store has a single connection.
 */
export async function asRole<Result>(
  store: Store,
  role: DatabaseRole,
  work: (db: Db) => Promise<Result>,
  person?: string,
): Promise<Result> {
  const client = await store.pool.connect();
  let broken: Error | undefined;
  try {
    const setPerson =
      person === undefined ? "" : `; set local etabli.person = ${client.escapeLiteral(person)}`;
    await client.query(`begin; set local role ${role}${setPerson}`);
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error(String(failure));
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
