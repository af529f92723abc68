import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import type { Day } from "#schema/day";
import { DayTimeline } from "../../../charts/day-timeline.tsx";
import { DayWorkload } from "../../../charts/day-workload.tsx";
import { useNow } from "../../../components/use-now.ts";
import { figuresOf } from "../../../view/day-figures.ts";
import { windowOf } from "../../../view/day-window.ts";
import { timeDay } from "../../../view/timed-day.ts";
import css from "./day.module.css";
import { DayHeader } from "./day-header.tsx";
import { DayTotals } from "./day-totals.tsx";
import { EmptyDay } from "./empty-day.tsx";
import { ReportedGaps } from "./reported-gaps.tsx";

const LOOK_AT_CLOCK_MS = 15_000;

interface DayViewProps {
  day: Day;
  /** Whether the page was asked for today, whatever day that is. */
  followToday: boolean;
  /** Whether another day is on its way and this one only keeps its place. */
  isArriving: boolean;
}

/** One day of mine, measured and drawn; it follows the clock while it is today. */
export function DayView({ day, followToday, isArriving }: DayViewProps) {
  const now = useNow(LOOK_AT_CLOCK_MS, day);
  const timed = useMemo(() => timeDay(day), [day]);
  const figures = useMemo(() => figuresOf(timed, now), [timed, now]);
  const window = useMemo(() => windowOf(timed, now), [timed, now]);
  const isToday = now >= timed.whole.start && now < timed.whole.end;
  useReadAgainAfterMidnight(followToday && !isArriving && now >= timed.whole.end);
  const empty = timed.spans.length === 0 && timed.marks.length === 0;
  return (
    <div className={css.day} aria-busy={isArriving}>
      <DayHeader day={day} figures={figures} now={now} empty={empty} />
      {empty && <EmptyDay day={day} />}
      {(!empty || timed.shifts.length > 0) && (
        <DayTimeline day={timed} figures={figures} window={window} now={isToday ? now : null} />
      )}
      {!empty && (
        <>
          <DayWorkload day={timed} window={window} />
          <DayTotals figures={figures} />
        </>
      )}
      {day.gaps.length > 0 && <ReportedGaps gaps={day.gaps} zone={day.zone} />}
    </div>
  );
}

/** The page of today becomes the page of the next day without being loaded again. */
function useReadAgainAfterMidnight(over: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (over) void client.invalidateQueries({ queryKey: ["readMyDay"] });
  }, [over, client]);
}
