import { z } from "zod";
import type { Mark, Span, Tally } from "#schema/activity";
import type { Batch } from "#schema/batch";
import { offsetMinutesOf } from "#schema/time";
import {
  bigintArray,
  booleanArray,
  doubleArray,
  integerArray,
  smallintArray,
  textArray,
  timestampArray,
  uuidArray,
} from "./binary-array.ts";
import { type Db, execute, readRows } from "./query.ts";
import { asRole, type Store } from "./store.ts";

/** A batch the gate let through. */
export interface GatedBatch {
  person: string;
  batch: Batch;
  /** Of the very bytes that came. */
  sha256: Buffer;
}

export type StoreOutcome = "stored" | "duplicate" | "conflict" | "retry";

const claimRow = z.object({
  nth: z.int(),
  outcome: z.enum(["stored", "duplicate", "conflict", "retry"]),
});

/**
 * Writes many batches in one transaction: their numbers are claimed first, and only the rows of those whose number
 * was free are inserted. Resolved after COMMIT. No two batches of one call may bear the same number.
 * @returns one outcome for each batch, in order
 */
export async function storeBatches(
  store: Store,
  batches: readonly GatedBatch[],
  at: Date,
): Promise<StoreOutcome[]> {
  return await asRole(store, "etabli_ingest", async (db) => {
    const claims = await readRows(
      db,
      claimRow,
      "select nth, outcome from claim_receipts($1, $2, $3, $4, $5)",
      [
        batches.map(({ batch }) => batch.workstation),
        batches.map(({ batch }) => batch.epoch),
        batches.map(({ batch }) => batch.seq),
        batches.map(({ sha256 }) => sha256),
        at,
      ],
    );
    const outcomes: StoreOutcome[] = batches.map(() => "retry");
    for (const { nth, outcome } of claims) outcomes[nth] = outcome;
    await insertEvents(
      db,
      batches.filter((_, index) => outcomes[index] === "stored"),
      at,
    );
    return outcomes;
  });
}

/** The rows of batches, without claiming their numbers; in a transaction under `etabli_ingest`. */
export async function insertEvents(
  db: Db,
  batches: readonly GatedBatch[],
  at: Date,
): Promise<void> {
  const spans: Row<Span>[] = [];
  const focus: Row<Span>[] = [];
  const marks: Row<Mark>[] = [];
  const tallies: Row<Tally>[] = [];
  for (const gated of batches) {
    const { batch } = gated;
    let index = 0;
    for (const event of batch.spans)
      (event.kind === "focus" ? focus : spans).push({ event, gated, index: index++ });
    for (const event of batch.marks) marks.push({ event, gated, index: index++ });
    for (const event of batch.tallies) tallies.push({ event, gated, index: index++ });
  }
  if (spans.length > 0) await insertWorkSpans(db, spans);
  if (focus.length > 0) await insertFocusSpans(db, focus);
  if (marks.length > 0) await insertMarks(db, marks);
  if (tallies.length > 0) await insertTallies(db, tallies);
  const gaps = batches.filter(({ batch }) => batch.gap !== undefined);
  if (gaps.length > 0) await insertGaps(db, gaps, at);
}

interface Row<Event> {
  event: Event;
  gated: GatedBatch;
  index: number;
}

function placeColumns(rows: readonly Row<unknown>[]): unknown[] {
  return [
    uuidArray(rows.map(({ gated }) => gated.person)),
    uuidArray(rows.map(({ gated }) => gated.batch.workstation)),
    integerArray(rows.map(({ gated }) => gated.batch.epoch)),
    bigintArray(rows.map(({ gated }) => gated.batch.seq)),
    smallintArray(rows.map(({ index }) => index)),
  ];
}

async function insertWorkSpans(db: Db, rows: readonly Row<Span>[]): Promise<void> {
  await execute(
    db,
    `insert into work_span (person, workstation, epoch, seq, index, started_at, ended_at, start_offset, end_offset,
       kind, source, label, task, origin, allotted, scripted, complexity, waiting_on, truncated)
     select * from unnest($1::uuid[], $2::uuid[], $3::integer[], $4::bigint[], $5::smallint[], $6::timestamptz[],
       $7::timestamptz[], $8::smallint[], $9::smallint[], $10::text[], $11::text[], $12::text[], $13::text[],
       $14::text[], $15::integer[], $16::boolean[], $17::smallint[], $18::text[], $19::boolean[])`,
    [
      ...placeColumns(rows),
      timestampArray(rows.map(({ event }) => event.start)),
      timestampArray(rows.map(({ event }) => event.end)),
      smallintArray(rows.map(({ event }) => offsetMinutesOf(event.start))),
      smallintArray(rows.map(({ event }) => offsetMinutesOf(event.end))),
      textArray(rows.map(({ event }) => event.kind)),
      textArray(rows.map(({ event }) => event.source)),
      textArray(rows.map(({ event }) => event.label)),
      textArray(rows.map(({ event }) => event.task)),
      textArray(rows.map(({ event }) => event.origin)),
      integerArray(rows.map(({ event }) => event.allotted)),
      booleanArray(rows.map(({ event }) => event.scripted)),
      smallintArray(rows.map(({ event }) => event.complexity)),
      textArray(rows.map(({ event }) => event.waitingOn)),
      booleanArray(rows.map(({ event }) => event.truncated)),
    ],
  );
}

async function insertFocusSpans(db: Db, rows: readonly Row<Span>[]): Promise<void> {
  await execute(
    db,
    `insert into focus_span (person, workstation, epoch, seq, index, started_at, ended_at, start_offset, end_offset,
       source, label, task, origin, truncated)
     select * from unnest($1::uuid[], $2::uuid[], $3::integer[], $4::bigint[], $5::smallint[], $6::timestamptz[],
       $7::timestamptz[], $8::smallint[], $9::smallint[], $10::text[], $11::text[], $12::text[], $13::text[],
       $14::boolean[])`,
    [
      ...placeColumns(rows),
      timestampArray(rows.map(({ event }) => event.start)),
      timestampArray(rows.map(({ event }) => event.end)),
      smallintArray(rows.map(({ event }) => offsetMinutesOf(event.start))),
      smallintArray(rows.map(({ event }) => offsetMinutesOf(event.end))),
      textArray(rows.map(({ event }) => event.source)),
      textArray(rows.map(({ event }) => event.label)),
      textArray(rows.map(({ event }) => event.task)),
      textArray(rows.map(({ event }) => event.origin)),
      booleanArray(rows.map(({ event }) => event.truncated)),
    ],
  );
}

async function insertMarks(db: Db, rows: readonly Row<Mark>[]): Promise<void> {
  const offset = (time: string | undefined) =>
    time === undefined ? undefined : offsetMinutesOf(time);
  await execute(
    db,
    `insert into mark (person, workstation, epoch, seq, index, at, at_offset, kind, task, label, origin, until_at,
       until_offset, due_at, due_offset, remaining)
     select * from unnest($1::uuid[], $2::uuid[], $3::integer[], $4::bigint[], $5::smallint[], $6::timestamptz[],
       $7::smallint[], $8::text[], $9::text[], $10::text[], $11::text[], $12::timestamptz[], $13::smallint[],
       $14::timestamptz[], $15::smallint[], $16::double precision[])`,
    [
      ...placeColumns(rows),
      timestampArray(rows.map(({ event }) => event.at)),
      smallintArray(rows.map(({ event }) => offsetMinutesOf(event.at))),
      textArray(rows.map(({ event }) => event.kind)),
      textArray(rows.map(({ event }) => event.task)),
      textArray(rows.map(({ event }) => event.label)),
      textArray(rows.map(({ event }) => event.origin)),
      timestampArray(rows.map(({ event }) => event.until)),
      smallintArray(rows.map(({ event }) => offset(event.until))),
      timestampArray(rows.map(({ event }) => event.due)),
      smallintArray(rows.map(({ event }) => offset(event.due))),
      doubleArray(rows.map(({ event }) => event.remaining)),
    ],
  );
}

async function insertTallies(db: Db, rows: readonly Row<Tally>[]): Promise<void> {
  await execute(
    db,
    `insert into tally (person, workstation, epoch, seq, index, started_at, start_offset, label, active_seconds, keys,
       clicks, double_clicks, scrolls, pauses)
     select * from unnest($1::uuid[], $2::uuid[], $3::integer[], $4::bigint[], $5::smallint[], $6::timestamptz[],
       $7::smallint[], $8::text[], $9::smallint[], $10::integer[], $11::integer[], $12::integer[], $13::integer[],
       $14::smallint[])`,
    [
      ...placeColumns(rows),
      timestampArray(rows.map(({ event }) => event.start)),
      smallintArray(rows.map(({ event }) => offsetMinutesOf(event.start))),
      textArray(rows.map(({ event }) => event.label)),
      smallintArray(rows.map(({ event }) => event.activeSeconds)),
      integerArray(rows.map(({ event }) => event.keys)),
      integerArray(rows.map(({ event }) => event.clicks)),
      integerArray(rows.map(({ event }) => event.doubleClicks)),
      integerArray(rows.map(({ event }) => event.scrolls)),
      smallintArray(rows.map(({ event }) => event.pauses)),
    ],
  );
}

async function insertGaps(db: Db, batches: readonly GatedBatch[], at: Date): Promise<void> {
  const told = batches.flatMap(({ person, batch }) =>
    batch.gap ? [{ person, workstation: batch.workstation, ...batch.gap }] : [],
  );
  await execute(db, "select tell_gaps($1, $2, $3, $4, $5, $6, $7)", [
    told.map((gap) => gap.person),
    told.map((gap) => gap.workstation),
    told.map((gap) => gap.epoch),
    told.map((gap) => gap.fromSeq),
    told.map((gap) => gap.toSeq),
    told.map((gap) => gap.reason),
    at,
  ]);
}
