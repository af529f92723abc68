import {
  type KeyboardEvent,
  type SyntheticEvent,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import type { Interval } from "#schema/time";
import { useWidth } from "../../components/use-width.ts";
import type { MissingStretch } from "../../view/missing-time.ts";
import type { TimedDay } from "../../view/timed-day.ts";
import { Hatch, useHatch } from "../hatch.tsx";
import { groupNamed } from "./aria.ts";
import { HourAxis, NowLine, PlanRow } from "./background.tsx";
import { layOutTimeline } from "./lay-out.ts";
import { RowNames, rowNames } from "./row-names.tsx";
import { MarkRow, ToolRow, WorkRow } from "./span-shapes.tsx";
import css from "./timeline.module.css";
import { findTip, type Tip, TipBox } from "./tip-box.tsx";

interface TimelineProps {
  day: TimedDay;
  missing: readonly MissingStretch[];
  window: Interval;
  /** Null when the day is not today. */
  now: number | null;
}

const NARROW_BELOW = 620;
const NAMES_WIDTH = 148;
const HOUR_WIDTH = { narrow: 104, wide: 54 };

/** The day as it went: what was planned, the work, the tools, the marks. It scrolls sideways where it must. */
export function Timeline({ day, missing, window, now }: TimelineProps) {
  const { t } = useTranslation();
  const [frame, frameWidth] = useWidth<HTMLDivElement>(960);
  const scroller = useRef<HTMLElement>(null);
  const [tip, setTip] = useState<Tip | null>(null);
  const [current, setCurrent] = useState<Record<string, string>>({});
  const hatch = useHatch();
  const keysId = useId();
  const narrow = frameWidth < NARROW_BELOW;
  const layout = layOutTimeline(day, missing, window, {
    available: narrow ? frameWidth : frameWidth - NAMES_WIDTH,
    hourWidth: narrow ? HOUR_WIDTH.narrow : HOUR_WIDTH.wide,
    named: narrow,
  });
  const names = rowNames(layout, t);
  useStartAt(scroller, layout.x(now ?? window.start), `${day.whole.start} ${frameWidth}`);

  const show = (event: SyntheticEvent) => {
    const found = findTip(event.target, layout, day.zone, t);
    setTip(found);
    if (found && event.type === "focus") {
      setCurrent((before) => ({ ...before, [found.row]: found.key }));
    }
  };
  const onKeyDown = (event: KeyboardEvent<SVGSVGElement>) => {
    if (event.key === "Escape") setTip(null);
    const next = neighbourOf(event.target, event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  return (
    <div className={css.frame} ref={frame}>
      <p id={keysId} className="visually-hidden">
        {t("day.timeline.keys")}
      </p>
      {!narrow && <RowNames names={names} height={layout.height} />}
      <section
        className={css.scroller}
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
        tabIndex={0}
        aria-label={t("day.timeline.scroll")}
        aria-describedby={keysId}
        onScroll={() => setTip((shown) => shown && { ...shown })}
      >
        {/* biome-ignore lint/a11y/noSvgWithoutTitle: it has a name; a title would pop up over every shape */}
        <svg
          {...groupNamed(t("shell.pages.day"))}
          className={css.drawing}
          width={layout.width}
          height={layout.height}
          onPointerOver={show}
          onPointerLeave={() => setTip(null)}
          onFocus={show}
          onBlur={() => setTip(null)}
          onKeyDown={onKeyDown}
        >
          <Hatch id={hatch.id} />
          <HourAxis layout={layout} window={window} zone={day.zone} now={now} />
          <PlanRow layout={layout} zone={day.zone} />
          {layout.marks && (
            <MarkRow
              row={layout.marks}
              name={t("day.timeline.marks")}
              zone={day.zone}
              current={current.marks}
            />
          )}
          <WorkRow
            row={layout.work}
            name={t("day.timeline.work")}
            zone={day.zone}
            current={current.work}
            hatch={hatch.fill}
          />
          {layout.tools.map((row) => (
            <ToolRow
              key={row.id}
              row={row}
              name={names.find((entry) => entry.id === row.id)?.name ?? row.id}
              zone={day.zone}
              current={current[row.id]}
            />
          ))}
          {now !== null && <NowLine layout={layout} zone={day.zone} now={now} />}
        </svg>
      </section>
      {narrow && <RowNames names={names} height={layout.height} above />}
      {tip && <TipBox tip={tip} scroller={scroller.current} frameWidth={frameWidth} />}
    </div>
  );
}

/** Brings the time that matters into view once for each day and width: then it stays where the reader scrolls it. */
function useStartAt(scroller: React.RefObject<HTMLElement | null>, x: number, once: string) {
  const done = useRef<string | null>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || done.current === once) return;
    done.current = once;
    element.scrollLeft = x - element.clientWidth * 0.8;
  }, [scroller, x, once]);
}

/** The shape the key leads to from the one in focus, within its row. */
function neighbourOf(target: EventTarget, key: string): SVGElement | null {
  if (!(target instanceof SVGElement) || !target.dataset.row) return null;
  const row = [...(target.parentElement?.querySelectorAll<SVGElement>("[data-row]") ?? [])];
  const at = row.indexOf(target);
  const places: Record<string, number> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    Home: 0,
    End: row.length - 1,
  };
  const place = places[key];
  return place === undefined ? null : (row[place] ?? null);
}
