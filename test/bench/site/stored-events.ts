import { z } from "zod";
import { readRow, readRows } from "#server/database/query";
import type { Store } from "#server/database/store";

const storedSpan = z.object({
  kind: z.string(),
  startedAt: z.date(),
  truncated: z.boolean().nullable(),
});
const counts = z.object({ marks: z.int(), batches: z.int(), lastSeq: z.coerce.number() });

/** All that a site of one workstation holds of it. */
export interface StoredEvents extends z.infer<typeof counts> {
  /** Of both layers, in order of start. */
  spans: z.infer<typeof storedSpan>[];
}

export async function readStoredEvents({ pool }: Store): Promise<StoredEvents> {
  const spans = await readRows(
    pool,
    storedSpan,
    `select kind, started_at as "startedAt", truncated from work_span
     union all
     select 'focus', started_at, truncated from focus_span
     order by 2`,
  );
  const counted = await readRow(
    pool,
    counts,
    `select (select count(*)::int from mark) as marks, (select count(*)::int from receipt) as batches,
       (select coalesce(max(seq), 0) from receipt) as "lastSeq"`,
  );
  if (!counted) throw new Error("the store did not tell what it holds");
  return { spans, ...counted };
}
