import { z } from "zod";
import { DAY_MS } from "#schema/time";
import type { ImportOutcome } from "./person.ts";
import { planShifts } from "./plan-shifts.ts";
import { type Db, execute, readRows } from "./query.ts";
import type { StoredShift } from "./shift.ts";
import { asRole, type Store } from "./store.ts";

const LOCK = 7_070_003;

const instant = z.coerce.date().transform((date) => date.getTime());
const shiftRow = z.object({
  person: z.guid(),
  start: instant,
  end: instant,
  breaks: z.array(z.object({ start: instant, end: instant })),
});

/**
 * Stores planned hours; see `planShifts` for what replaces and what is refused.
 * @returns with the outcome, the people whose hours are others now
 */
export async function importSchedules(
  store: Store,
  shifts: readonly (StoredShift & { line: number })[],
): Promise<{ outcome: ImportOutcome; changed: string[] }> {
  if (shifts.length === 0)
    return { outcome: { imported: 0, unchanged: 0, refused: [] }, changed: [] };
  return await asRole(store, "etabli_operator", async (db) => {
    // Two imports at once would not see each other's shifts.
    await execute(db, "select pg_advisory_xact_lock($1)", [LOCK]);
    const plan = planShifts(await readNearby(db, shifts), shifts);
    await upsertShifts(db, plan.write);
    const { write, unchanged, refused } = plan;
    return {
      outcome: { imported: write.length, unchanged, refused },
      changed: [...new Set(write.map((shift) => shift.person))],
    };
  });
}

async function readNearby(db: Db, shifts: readonly StoredShift[]): Promise<StoredShift[]> {
  const starts = shifts.map((shift) => shift.start);
  const first = starts.reduce((a, b) => Math.min(a, b));
  const last = starts.reduce((a, b) => Math.max(a, b));
  return await readRows(
    db,
    shiftRow,
    `select person, started_at as start, ended_at as "end", breaks from schedule
     where person = any ($1::uuid[]) and started_at > $2 and started_at < $3`,
    [
      [...new Set(shifts.map((shift) => shift.person))],
      new Date(first - 2 * DAY_MS),
      new Date(last + 2 * DAY_MS),
    ],
  );
}

async function upsertShifts(db: Db, shifts: readonly StoredShift[]): Promise<void> {
  const write = (at: number) => new Date(at).toISOString();
  await execute(
    db,
    `insert into schedule (person, started_at, ended_at, breaks)
     select * from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::jsonb[])
     on conflict (person, started_at) do update set ended_at = excluded.ended_at, breaks = excluded.breaks`,
    [
      shifts.map((shift) => shift.person),
      shifts.map((shift) => write(shift.start)),
      shifts.map((shift) => write(shift.end)),
      shifts.map((shift) =>
        JSON.stringify(
          shift.breaks.map((pause) => ({ start: write(pause.start), end: write(pause.end) })),
        ),
      ),
    ],
  );
}
