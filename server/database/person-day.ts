import { z } from "zod";
import type { Archive } from "#schema/archive";
import { gap } from "#schema/batch";
import type { Charter } from "#schema/charter";
import type { Day } from "#schema/day";
import { dayInterval, formatInZone, localDateOf } from "#schema/time";
import { readMarks, readSpans, readTallies } from "./activity-read.ts";
import { readOwnZone } from "./person.ts";
import { readShifts } from "./planned-hours.ts";
import { type Db, readRow, readRows } from "./query.ts";
import { asRole, type Store } from "./store.ts";

/** One local day of a person's own record; `date` is today in their zone when not given. */
export async function readDay(
  store: Store,
  person: string,
  now: Date,
  date?: string,
): Promise<Day> {
  return await asRole(
    store,
    "etabli_subject",
    async (db) => {
      const zone = await readOwnZone(db);
      const chosen = date ?? localDateOf(now.getTime(), zone);
      const { start, end } = dayInterval(chosen, zone);
      const range = { from: new Date(start), to: new Date(end) };
      const held = await readHeldRange(db);
      return {
        date: chosen,
        zone,
        from: formatInZone(start, zone),
        to: formatInZone(end, zone),
        schedule: await readShifts(db, zone, range),
        spans: await readSpans(db, range),
        marks: await readMarks(db, range),
        gaps: await readGaps(db, zone, range),
        firstDate: held && localDateOf(held.from.getTime(), zone),
        lastDate: held && localDateOf(held.to.getTime(), zone),
      };
    },
    person,
  );
}

/** Everything the store holds of a person. */
export async function readArchive(
  store: Store,
  person: string,
  now: Date,
  charter: Charter,
): Promise<Archive> {
  return await asRole(
    store,
    "etabli_subject",
    async (db) => {
      const zone = await readOwnZone(db);
      const held = await readHeldRange(db);
      const range = held
        ? { from: held.from, to: new Date(held.to.getTime() + 1) }
        : { from: now, to: now };
      return {
        format: "etabli-archive/1",
        zone,
        from: formatInZone(range.from.getTime(), zone),
        to: formatInZone(range.to.getTime(), zone),
        charter,
        schedule: await readShifts(db, zone, range),
        spans: await readSpans(db, range),
        marks: await readMarks(db, range),
        tallies: await readTallies(db, range),
        answers: [],
      };
    },
    person,
  );
}

async function readHeldRange(db: Db): Promise<{ from: Date; to: Date } | null> {
  const row = await readRow(
    db,
    z.object({ from: z.date().nullable(), to: z.date().nullable() }),
    `select least((select min(started_at) from my_work_span), (select min(started_at) from my_focus_span),
         (select min(at) from my_mark), (select min(started_at) from my_tally)) as "from",
       greatest((select max(greatest(started_at, ended_at - interval '1 millisecond')) from my_work_span),
         (select max(greatest(started_at, ended_at - interval '1 millisecond')) from my_focus_span),
         (select max(at) from my_mark), (select max(started_at) from my_tally)) as "to"`,
  );
  return row?.from && row.to ? { from: row.from, to: row.to } : null;
}

async function readGaps(
  db: Db,
  zone: string,
  range: { from: Date; to: Date },
): Promise<Day["gaps"]> {
  const rows = await readRows(
    db,
    z.object({
      epoch: z.int(),
      fromSeq: z.coerce.number(),
      toSeq: z.coerce.number(),
      reason: gap.shape.reason,
      toldAt: z.date(),
    }),
    `select epoch, from_seq as "fromSeq", to_seq as "toSeq", reason, told_at as "toldAt" from my_gap
     where told_at >= $1 and told_at < $2 order by told_at, epoch, from_seq`,
    [range.from, range.to],
  );
  return rows.map((row) => ({ ...row, toldAt: formatInZone(row.toldAt.getTime(), zone) }));
}
