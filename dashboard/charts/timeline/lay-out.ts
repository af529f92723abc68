import type { Interval } from "#schema/time";
import { HOUR_MS } from "../../view/day-window.ts";
import { heightOf, lookOf } from "../../view/kinds.ts";
import { layLanes } from "../../view/lay-lanes.ts";
import type { MissingStretch } from "../../view/missing-time.ts";
import type { DayMark, DaySpan, TimedDay } from "../../view/timed-day.ts";
import { groupTools } from "../../view/tool-rows.ts";

/** A rectangle in px and what it stands for. */
export interface Shape<Thing> {
  key: string;
  thing: Thing;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Row<Thing> {
  id: string;
  top: number;
  height: number;
  shapes: Shape<Thing>[];
}

export type WorkThing = { span: DaySpan } | { missing: MissingStretch };

export interface TimelineLayout {
  width: number;
  height: number;
  x: (time: number) => number;
  plan: Row<Interval> & { breaks: Shape<Interval>[] };
  marks: Row<DayMark> | null;
  work: Row<WorkThing>;
  tools: Row<DaySpan>[];
}

const AXIS = 28;
const PLAN = 10;
const MARKS = 20;
const TOOL = 14;
const GAP = 14;
const TOOL_GAP = 8;
/** Where the names of the rows stand above them instead of beside. */
const NAME = 20;
const LEAST = 2;

/** Px of the first work lane, and of each one above it for what happens at the same time. */
const FIRST_LANE = 80;
const MORE_LANES = 30;

/**
 * Places everything of a day on a plane of at least `available` px, and at least `hourWidth` px an hour. With
 * `named`, room is left above each row for its name.
 */
export function layOutTimeline(
  day: TimedDay,
  missing: readonly MissingStretch[],
  window: Interval,
  room: { available: number; hourWidth: number; named: boolean },
): TimelineLayout {
  const hours = (window.end - window.start) / HOUR_MS;
  const width = Math.max(room.available, Math.round(hours * room.hourWidth));
  const x = (time: number) =>
    ((Math.min(Math.max(time, window.start), window.end) - window.start) /
      (window.end - window.start)) *
    width;
  const name = room.named ? NAME : 0;
  const box = <Thing extends Interval>(
    thing: Thing,
    key: string,
    y: number,
    height: number,
  ): Shape<Thing> => {
    const left = x(thing.start);
    return { key, thing, x: left, y, width: Math.max(LEAST, x(thing.end) - left), height };
  };

  let top = AXIS;
  const take = (height: number, gap: number) => {
    const start = top + name;
    top = start + height + gap;
    return start;
  };

  const planTop = take(PLAN, GAP);
  const plan = {
    id: "plan",
    top: planTop,
    height: PLAN,
    shapes: day.shifts.map((shift) => box(shift, `plan-${shift.start}`, planTop, PLAN)),
    breaks: day.plannedBreaks.map((pause) => box(pause, `pause-${pause.start}`, planTop, PLAN)),
  };
  const marks = day.marks.length === 0 ? null : layMarks(day.marks, take(MARKS, GAP / 2), x);

  const { lanes, count } = layLanes(day.work);
  const workHeight = FIRST_LANE + (count - 1) * MORE_LANES;
  const workTop = take(workHeight, GAP + TOOL_GAP);
  const spans = day.work.map((span, index): Shape<WorkThing> => {
    const lane = lanes[index] ?? 0;
    const full = lane === 0 ? FIRST_LANE : MORE_LANES - 3;
    const height = Math.round(full * heightOf(lookOf(span.kind)));
    const base = workTop + workHeight - (lane === 0 ? 0 : FIRST_LANE + (lane - 1) * MORE_LANES + 3);
    return { ...box(span, span.key, base - height, height), thing: { span } };
  });
  const holes = missing.map(
    (stretch): Shape<WorkThing> => ({
      ...box(stretch, `missing-${stretch.start}`, workTop, workHeight),
      thing: { missing: stretch },
    }),
  );
  const work = {
    id: "work",
    top: workTop,
    height: workHeight,
    shapes: [...spans, ...holes].sort((a, b) => a.x - b.x),
  };

  const tools = groupTools(day.tools).map((row) => {
    const rowTop = take(TOOL, TOOL_GAP);
    return {
      id: row.category,
      top: rowTop,
      height: TOOL,
      shapes: row.spans.map((span) => box(span, span.key, rowTop, TOOL)),
    };
  });
  return { width, height: top, x, plan, marks, work, tools };
}

function layMarks(marks: readonly DayMark[], top: number, x: (time: number) => number) {
  return {
    id: "marks",
    top,
    height: MARKS,
    shapes: marks.map((mark) => ({
      key: mark.key,
      thing: mark,
      x: x(mark.at) - MARKS / 2,
      y: top,
      width: MARKS,
      height: MARKS,
    })),
  };
}
