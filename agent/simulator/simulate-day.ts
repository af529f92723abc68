import type { Mark, Span } from "#schema/activity";
import type { Shift } from "#schema/archive";
import { formatTimestamp, type LocalDate, millisecondsOf, zoneOffsetMinutes } from "#schema/time";
import { createRandom } from "./random.ts";
import { cutOut, drawHole, marksOutside } from "./recording-hole.ts";
import { simulateFocus } from "./simulate-focus.ts";
import { simulateWork } from "./simulate-work.ts";

/** One shift of one person as their workstation would record it, in order of end. */
export interface SimulatedDay {
  spans: Span[];
  marks: Mark[];
}

/**
 * Makes up the shift a person starts on a date: the same arguments give the same day. Work runs from about the
 * shift's start to its end, at most one contact or case longer. The rates are in `figures.ts`, with their sources.
 */
export function simulateDay(input: {
  seed: string;
  person: number;
  date: LocalDate;
  zone: string;
  shift: Shift;
}): SimulatedDay {
  const { zone, shift, date } = input;
  const random = createRandom(`${input.seed}/${input.person}/${date}`);
  let tasks = 0;
  const nextTask = () => `D${date.slice(5).replace("-", "")}-${String(++tasks).padStart(3, "0")}`;
  const write = createWriter(zone);
  const hourOf = (at: number) => Number(write(at).slice(11, 13));
  const log = simulateWork(shift, random, nextTask, hourOf);
  const pieces = [...log.pieces, ...simulateFocus(log.pieces, random)];
  const hole = drawHole(
    { start: millisecondsOf(shift.start), end: millisecondsOf(shift.end) },
    random,
  );
  return {
    spans: (hole ? cutOut(hole, pieces) : pieces)
      .sort((a, b) => a.end - b.end || a.start - b.start)
      .map((piece) => ({ ...piece, start: write(piece.start), end: write(piece.end) })),
    marks: (hole ? marksOutside(hole, log.marks) : log.marks)
      .sort((a, b) => a.at - b.at)
      .map(({ at, until, due, ...mark }) => ({
        ...mark,
        at: write(at),
        ...(until === undefined ? {} : { until: write(until) }),
        ...(due === undefined ? {} : { due: write(due) }),
      })),
  };
}

/** Writes instants as the zone's clocks show them; asks for the offset once a quarter of an hour, for speed. */
function createWriter(zone: string): (at: number) => string {
  const offsets = new Map<number, number>();
  return (at) => {
    const quarter = Math.floor(at / 900_000);
    const known = offsets.get(quarter);
    const offset = known ?? zoneOffsetMinutes(zone, quarter * 900_000);
    if (known === undefined) offsets.set(quarter, offset);
    return formatTimestamp(at, offset);
  };
}
