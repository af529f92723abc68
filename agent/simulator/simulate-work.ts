import type { Shift } from "#schema/archive";
import { millisecondsOf } from "#schema/time";
import { planAppointments } from "./appointments.ts";
import { handleContact } from "./contacts.ts";
import { cutInto, followContact } from "./episodes.ts";
import { afterContact, meanContact, occupancy } from "./figures.ts";
import type { Random } from "./random.ts";
import { type WorkLog, work } from "./work-log.ts";

const MINUTE = 60_000;
/** The last contact is finished, but nobody stays longer than this after the shift. */
const LONGEST_OVERRUN = 12 * MINUTE;

/** The work layer of one shift: contacts, notes, waiting and all that comes between, with its marks. */
export function simulateWork(
  shift: Shift,
  random: Random,
  nextTask: () => string,
  hourOf: (at: number) => number,
): WorkLog {
  const start = millisecondsOf(shift.start);
  const end = millisecondsOf(shift.end);
  const log: WorkLog = {
    at: start + Math.round(random.between(-90, 150)) * 1000,
    latest: end + LONGEST_OVERRUN,
    pieces: [],
    marks: [],
  };
  const appointments = planAppointments(shift, random);
  const aimed = random.between(occupancy.low, occupancy.high);
  if (random.chance(0.8)) work(log, "tool_wait", random.between(25, 110), { label: "crm" });
  setDeadlines(log, random, end, nextTask);
  while (log.at < end - MINUTE) {
    const next = appointments[0];
    if (next && next.at <= log.at) {
      appointments.shift();
      next.keep(log);
      continue;
    }
    wait(log, random, Math.min(next?.at ?? end, end), readySeconds(aimed, hourOf(log.at)));
    if ((next && next.at <= log.at) || log.at >= end) continue;
    const task = handleContact(log, random, nextTask);
    const notes = log.pieces.at(-1);
    if (notes?.kind === "acw") cutInto(log, random, notes);
    if (log.at < end) followContact(log, random, task);
  }
  return log;
}

/** Mean waiting between two handlings that gives the aimed occupancy, seconds; nights are quieter. */
function readySeconds(aimed: number, hour: number): number {
  const share = hour >= 22 || hour < 7 ? aimed - occupancy.nightDiscount : aimed;
  return ((meanContact + afterContact.mean) * (1 - share)) / share;
}

/** Waiting for the next contact, until it comes or until the time something else is set for. */
function wait(log: WorkLog, random: Random, until: number, mean: number): void {
  const seconds = Math.min(random.exponential(mean), (until - log.at) / 1000);
  if (seconds >= 1) work(log, "ready", Math.ceil(seconds));
}

/** One to three deadlines of the day, told at its start; sometimes they do not fit together. */
function setDeadlines(log: WorkLog, random: Random, end: number, nextTask: () => string): void {
  const count = random.pick([
    [0, 1],
    [1, 4],
    [2, 3],
    [3, 2],
  ]);
  for (let i = 0; i < count; i++) {
    const at = log.at + Math.round(random.between(1, 90)) * MINUTE;
    const due = at + Math.round(random.between(60, 330) / 15) * 15 * MINUTE;
    if (due > end) continue;
    const remaining = Math.round(random.between(10, 75) / 5) * 5;
    log.marks.push({ kind: "deadline", at, due, remaining, task: nextTask(), origin: "imposed" });
    if (i > 0 && random.chance(0.4))
      log.marks.push({ kind: "priority_conflict", at: at + MINUTE, origin: "imposed" });
  }
}
