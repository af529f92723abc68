import type { QueueRow } from "#schema/queue";
import { millisecondsOf, offsetMinutesOf } from "#schema/time";
import { execute } from "./query.ts";
import { asRole, type Store } from "./store.ts";

/** Stores the telephone system's half hours; one sent again replaces itself. The number stored. */
export async function storeQueueRows(store: Store, rows: readonly QueueRow[]): Promise<number> {
  // One statement cannot write a half hour twice: of two in the same message the later counts.
  const last = new Map(rows.map((row) => [`${millisecondsOf(row.start)} ${row.queue}`, row]));
  const kept = [...last.values()];
  return await asRole(store, "etabli_ingest", (db) =>
    execute(
      db,
      `insert into queue_half_hour (queue, started_at, start_offset, offered, answered, handle_seconds)
       select * from unnest($1::text[], $2::timestamptz[], $3::smallint[], $4::integer[], $5::integer[], $6::integer[])
       on conflict (queue, started_at) do update set start_offset = excluded.start_offset,
         offered = excluded.offered, answered = excluded.answered, handle_seconds = excluded.handle_seconds`,
      [
        kept.map((row) => row.queue),
        kept.map((row) => row.start),
        kept.map((row) => offsetMinutesOf(row.start)),
        kept.map((row) => row.offered),
        kept.map((row) => row.answered),
        kept.map((row) => row.handleSeconds),
      ],
    ),
  );
}
