import { useTranslation } from "react-i18next";
import type { Interval } from "#schema/time";
import { hoursOf } from "../../view/day-window.ts";
import { formatClock, formatStretch } from "../../view/format.ts";
import { decoration, pictureNamed } from "./aria.ts";
import type { TimelineLayout } from "./lay-out.ts";
import css from "./timeline.module.css";

/** Half of the widest "now" and half of an hour, in either language. */
const NOW_CLEARS = 76;

/** Hours along the top with a fine line down from each; those too near to now give way to it. */
export function HourAxis({ layout, window, zone, now }: AxisProps) {
  return (
    <g {...decoration}>
      {hoursOf(window).map((time) => {
        const x = layout.x(time);
        const anchor = x < 20 ? "start" : x > layout.width - 20 ? "end" : "middle";
        const hidden = now !== null && Math.abs(layout.x(now) - x) < NOW_CLEARS;
        return (
          <g key={time}>
            <line className={css.gridLine} x1={x} x2={x} y1={22} y2={layout.height} />
            {!hidden && (
              <text className={css.hour} x={x} y={13} textAnchor={anchor}>
                {formatClock(time, zone)}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

interface AxisProps {
  layout: TimelineLayout;
  window: Interval;
  zone: string;
  now: number | null;
}

/** Planned hours as a bar, planned breaks as openings in it. */
export function PlanRow({ layout, zone }: { layout: TimelineLayout; zone: string }) {
  const { t } = useTranslation();
  const { plan } = layout;
  const words = [
    ...plan.shapes.map((s) => `${t("day.timeline.planned")} ${formatStretch(s.thing, zone)}`),
    ...plan.breaks.map((s) => `${t("day.timeline.plannedBreak")} ${formatStretch(s.thing, zone)}`),
  ];
  if (words.length === 0) return null;
  return (
    <g {...pictureNamed(words.join(", "))}>
      {plan.shapes.map((shape) => (
        <rect
          key={shape.key}
          className={css.planned}
          x={shape.x + 0.5}
          y={shape.y + 0.5}
          width={shape.width - 1}
          height={shape.height - 1}
          rx="3"
        />
      ))}
      {plan.breaks.map((shape) => (
        <g key={shape.key}>
          <rect
            className={css.plannedBreak}
            x={shape.x}
            y={shape.y - 1}
            width={shape.width}
            height={shape.height + 2}
          />
          <line
            className={css.breakLine}
            x1={shape.x + 1}
            x2={shape.x + shape.width - 1}
            y1={shape.y + shape.height / 2}
            y2={shape.y + shape.height / 2}
          />
        </g>
      ))}
    </g>
  );
}

/** Where the day has got to. */
export function NowLine({
  layout,
  zone,
  now,
}: {
  layout: TimelineLayout;
  zone: string;
  now: number;
}) {
  const { t } = useTranslation();
  const x = layout.x(now);
  const anchor = x < 50 ? "start" : x > layout.width - 50 ? "end" : "middle";
  return (
    <g {...decoration}>
      <line className={css.nowLine} x1={x} x2={x} y1={18} y2={layout.height} />
      <text className={css.nowText} x={x} y={13} textAnchor={anchor}>
        {t("day.timeline.now", { time: formatClock(now, zone) })}
      </text>
    </g>
  );
}
