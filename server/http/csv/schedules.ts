import { z } from "zod";
import { login } from "#schema/account";
import { addDays, type Interval, instantOfWallClock, localDate } from "#schema/time";
import type { Refused, StoredShift } from "#server/database/shift";
import { formatRefusals } from "./people.ts";
import { readTable } from "./read-table.ts";

const DAY_MINUTES = 1440;

/** Minutes since midnight. */
const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: "not a time like 09:30" })
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

const pauses = z.string().transform((text, context) =>
  text
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => {
      const [start, end, ...more] = part.split("-").map((side) => clockTime.safeParse(side.trim()));
      if (start?.success && end?.success && more.length === 0)
        return { start: start.data, end: end.data };
      context.addIssue({ code: "custom", message: "not like 10:30-10:45;12:30-13:15" });
      return z.NEVER;
    }),
);

const row = z.object({ login, date: localDate, start: clockTime, end: clockTime, breaks: pauses });

/** A planned shift as written: minutes since midnight of its date, beyond 1440 on the next day. */
interface LocalShift {
  line: number;
  login: string;
  date: string;
  start: number;
  end: number;
  breaks: Interval[];
}

/** Reads a schedule file, `login,date,start,end,breaks`, in the local time of each person. */
export async function readSchedulesCsv(
  text: string,
): Promise<{ shifts: LocalShift[]; refused: Refused[] }> {
  const lines = await readTable(text, {
    required: ["login", "date", "start", "end"],
    optional: ["breaks"],
  });
  const shifts: LocalShift[] = [];
  const refused: Refused[] = [];
  for (const entry of lines) {
    const read = "reason" in entry ? entry : readShift(entry.line, entry.values);
    if ("reason" in read) refused.push(read);
    else shifts.push(read);
  }
  return { shifts, refused };
}

function readShift(line: number, values: Record<string, string>): LocalShift | Refused {
  const parsed = row.safeParse({ ...values, breaks: values.breaks ?? "" });
  if (!parsed.success) return { line, reason: formatRefusals(parsed.error) };
  const { start, breaks } = parsed.data;
  const end = parsed.data.end <= start ? parsed.data.end + DAY_MINUTES : parsed.data.end;
  const placed = breaks
    .map((pause) => {
      const from = pause.start < start ? pause.start + DAY_MINUTES : pause.start;
      return { start: from, end: from + ((pause.end - pause.start + DAY_MINUTES) % DAY_MINUTES) };
    })
    .sort((a, b) => a.start - b.start);
  if (placed.some((pause) => pause.end > end))
    return { line, reason: "breaks: a break lies outside the shift" };
  if (placed.some((pause, at) => pause.start < (placed[at - 1]?.end ?? 0)))
    return { line, reason: "breaks: two breaks overlap" };
  return { ...parsed.data, line, end, breaks: placed };
}

/** The instants of planned shifts, in the zone each person lives in. */
export function placeShifts(
  shifts: readonly LocalShift[],
  people: ReadonlyMap<string, { id: string; zone: string }>,
): { placed: (StoredShift & { line: number })[]; refused: Refused[] } {
  const placed: (StoredShift & { line: number })[] = [];
  const refused: Refused[] = [];
  for (const shift of shifts) {
    const person = people.get(shift.login);
    if (!person) {
      refused.push({ line: shift.line, reason: "login: nobody has it; import people first" });
      continue;
    }
    const at = (minutes: number) => instantOfMinute(shift.date, minutes, person.zone);
    const whole = { start: at(shift.start), end: at(shift.end) };
    if (whole.end <= whole.start) {
      refused.push({ line: shift.line, reason: "end: the clock change leaves nothing of it" });
      continue;
    }
    const breaks = shift.breaks.map((pause) => ({ start: at(pause.start), end: at(pause.end) }));
    if (breaks.some((pause) => pause.end <= pause.start)) {
      refused.push({ line: shift.line, reason: "breaks: a break has no length" });
      continue;
    }
    placed.push({ line: shift.line, person: person.id, ...whole, breaks });
  }
  return { placed, refused };
}

function instantOfMinute(date: string, minutes: number, zone: string): number {
  const ofDay = minutes % DAY_MINUTES;
  return instantOfWallClock(
    {
      date: addDays(date, Math.floor(minutes / DAY_MINUTES)),
      hour: Math.floor(ofDay / 60),
      minute: ofDay % 60,
    },
    zone,
  );
}
