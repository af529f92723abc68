import { z } from "zod";
import type { Shift } from "#schema/archive";
import type { PlannedReply } from "#schema/live";
import { formatInZone } from "#schema/time";
import { readOwnZone } from "./person.ts";
import { type Db, readRow, readRows } from "./query.ts";
import { asRole, type Store } from "./store.ts";

const shiftRow = z.object({
  startedAt: z.date(),
  endedAt: z.date(),
  breaks: z.array(z.object({ start: z.coerce.date(), end: z.coerce.date() })),
});

/** The person's agreed hours that touch the range, and whether the site was ever given any for them. */
export async function readPlannedHours(
  store: Store,
  person: string,
  range: { from: Date; to: Date },
): Promise<PlannedReply> {
  return await asRole(
    store,
    "etabli_subject",
    async (db) => ({
      known: await hasPlannedHours(db),
      shifts: await readShifts(db, await readOwnZone(db), range),
    }),
    person,
  );
}

/**
 * The person's own planned shifts that touch the range, with times in that zone; under `etabli_subject`. No shift lasts
 * more than a day, of 25 hours at most, so none that started two days before is read.
 */
export async function readShifts(
  db: Db,
  zone: string,
  range: { from: Date; to: Date },
): Promise<Shift[]> {
  const rows = await readRows(
    db,
    shiftRow,
    `select started_at as "startedAt", ended_at as "endedAt", breaks from my_schedule
     where started_at > $1::timestamptz - interval '48 hours' and started_at < $2 and ended_at > $1
     order by started_at`,
    [range.from, range.to],
  );
  const write = (at: Date) => formatInZone(at.getTime(), zone);
  return rows.map((row) => ({
    start: write(row.startedAt),
    end: write(row.endedAt),
    breaks: row.breaks.map((pause) => ({ start: write(pause.start), end: write(pause.end) })),
  }));
}

async function hasPlannedHours(db: Db): Promise<boolean> {
  const row = await readRow(
    db,
    z.object({ known: z.boolean() }),
    "select exists (select from my_schedule) as known",
  );
  return row?.known ?? false;
}
