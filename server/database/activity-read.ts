import { z } from "zod";
import {
  formatIdentity,
  markKind,
  origin,
  type StoredMark,
  type StoredSpan,
  type StoredTally,
  source,
  spanKind,
  storedMark,
  storedSpan,
} from "#schema/activity";
import { formatTimestamp } from "#schema/time";
import { type Db, readRows } from "./query.ts";

/** A stretch of time, and whether only one workstation's events are meant. */
export interface Range {
  from: Date;
  to: Date;
  workstation?: string;
}

const place = {
  workstation: z.guid(),
  epoch: z.int(),
  seq: z.coerce.number(),
  index: z.int(),
};
const spanRow = z.object({
  ...place,
  startedAt: z.date(),
  endedAt: z.date(),
  startOffset: z.int(),
  endOffset: z.int(),
  kind: spanKind,
  source,
  label: z.string().nullable(),
  task: z.string().nullable(),
  origin: origin.nullable(),
  allotted: z.int().nullable(),
  scripted: z.boolean().nullable(),
  complexity: z.literal([1, 2, 3]).nullable(),
  waitingOn: z.literal("customer").nullable(),
  truncated: z.boolean().nullable(),
});

/**
 * The person's own spans of both layers that touch the range, in order of start; under `etabli_subject`. A span lasts
 * a day at most, so only chunks from a day before the range are read.
 */
export async function readSpans(db: Db, range: Range): Promise<StoredSpan[]> {
  const rows = await readRows(
    db,
    spanRow,
    `select started_at as "startedAt", ended_at as "endedAt", start_offset as "startOffset",
       end_offset as "endOffset", kind, source, label, task, origin, allotted, scripted, complexity,
       waiting_on as "waitingOn", truncated, workstation, epoch, seq, index
     from my_work_span
     where started_at >= $1::timestamptz - interval '24 hours' and started_at < $2 and (ended_at > $1 or started_at >= $1)
       and ($3::uuid is null or workstation = $3)
     union all
     select started_at, ended_at, start_offset, end_offset, 'focus', source, label, task, origin, null, null, null,
       null, truncated, workstation, epoch, seq, index
     from my_focus_span
     where started_at >= $1::timestamptz - interval '24 hours' and started_at < $2 and (ended_at > $1 or started_at >= $1)
       and ($3::uuid is null or workstation = $3)
     order by 1, 2, workstation, epoch, seq, index`,
    [range.from, range.to, range.workstation ?? null],
  );
  return rows.map((row) =>
    parseSpan({
      id: formatIdentity(row, row.index),
      kind: row.kind,
      start: formatTimestamp(row.startedAt.getTime(), row.startOffset),
      end: formatTimestamp(row.endedAt.getTime(), row.endOffset),
      source: row.source,
      label: row.label,
      task: row.task,
      origin: row.origin,
      allotted: row.allotted,
      scripted: row.scripted,
      complexity: row.complexity,
      waitingOn: row.waitingOn,
      truncated: row.truncated,
    }),
  );
}

const markRow = z.object({
  ...place,
  at: z.date(),
  atOffset: z.int(),
  kind: markKind,
  task: z.string().nullable(),
  label: z.string().nullable(),
  origin: origin.nullable(),
  untilAt: z.date().nullable(),
  untilOffset: z.int().nullable(),
  dueAt: z.date().nullable(),
  dueOffset: z.int().nullable(),
  remaining: z.number().nullable(),
});

/** The person's own marks whose moment lies in the range; under `etabli_subject`. */
export async function readMarks(db: Db, range: Range): Promise<StoredMark[]> {
  const rows = await readRows(
    db,
    markRow,
    `select at, at_offset as "atOffset", kind, task, label, origin, until_at as "untilAt",
       until_offset as "untilOffset", due_at as "dueAt", due_offset as "dueOffset", remaining,
       workstation, epoch, seq, index
     from my_mark
     where at >= $1 and at < $2 and ($3::uuid is null or workstation = $3)
     order by at, workstation, epoch, seq, index`,
    [range.from, range.to, range.workstation ?? null],
  );
  const time = (at: Date | null, offset: number | null) =>
    at === null ? null : formatTimestamp(at.getTime(), offset ?? 0);
  return rows.map((row) =>
    parseMark({
      id: formatIdentity(row, row.index),
      kind: row.kind,
      at: formatTimestamp(row.at.getTime(), row.atOffset),
      task: row.task,
      label: row.label,
      origin: row.origin,
      until: time(row.untilAt, row.untilOffset),
      due: time(row.dueAt, row.dueOffset),
      remaining: row.remaining,
    }),
  );
}

const tallyRow = z.object({
  ...place,
  startedAt: z.date(),
  startOffset: z.int(),
  label: z.string(),
  activeSeconds: z.int(),
  keys: z.int(),
  clicks: z.int(),
  doubleClicks: z.int(),
  scrolls: z.int(),
  pauses: z.int(),
});

/** The person's own tallies whose bin starts in the range; under `etabli_subject`. */
export async function readTallies(db: Db, range: Range): Promise<StoredTally[]> {
  const rows = await readRows(
    db,
    tallyRow,
    `select started_at as "startedAt", start_offset as "startOffset", label, active_seconds as "activeSeconds",
       keys, clicks, double_clicks as "doubleClicks", scrolls, pauses, workstation, epoch, seq, index
     from my_tally
     where started_at >= $1 and started_at < $2 and ($3::uuid is null or workstation = $3)
     order by started_at, workstation, epoch, seq, index`,
    [range.from, range.to, range.workstation ?? null],
  );
  return rows.map((row) => ({
    id: formatIdentity(row, row.index),
    start: formatTimestamp(row.startedAt.getTime(), row.startOffset),
    label: row.label,
    activeSeconds: row.activeSeconds,
    keys: row.keys,
    clicks: row.clicks,
    doubleClicks: row.doubleClicks,
    scrolls: row.scrolls,
    pauses: row.pauses,
  }));
}

const parseSpan = (value: object) => storedSpan.parse(withoutNulls(value));
const parseMark = (value: object) => storedMark.parse(withoutNulls(value));

// An absent field is absent on the wire, never null.
function withoutNulls(value: object): unknown {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== null));
}
