import { useTranslation } from "react-i18next";
import type { Interval } from "#schema/time";
import { DataTable } from "../components/data-table.tsx";
import type { DayFigures } from "../view/day-figures.ts";
import { formatClock, formatDuration, formatExactDuration } from "../view/format.ts";
import { type Look, lookOf } from "../view/kinds.ts";
import { missingLength } from "../view/missing-time.ts";
import type { TimedDay } from "../view/timed-day.ts";
import { ChartFrame } from "./chart-frame.tsx";
import { Legend, type LegendEntry } from "./legend.tsx";
import { nameOfSpan } from "./timeline/describe.ts";
import { MarkLegend } from "./timeline/mark-legend.tsx";
import { Timeline } from "./timeline/timeline.tsx";

interface DayTimelineProps {
  day: TimedDay;
  figures: DayFigures;
  window: Interval;
  now: number | null;
}

/** The timeline in its frame: title that says how whole the record is, legend, table twin. */
export function DayTimeline({ day, figures, window, now }: DayTimelineProps) {
  const { t } = useTranslation();
  return (
    <ChartFrame
      title={useTitle(day, figures)}
      summary={day.tools.length > 0 ? t("day.timeline.summary") : t("day.timeline.summaryWorkOnly")}
      legend={
        <>
          <Legend entries={useLegend(day, figures)} />
          <MarkLegend marks={day.marks} />
        </>
      }
      table={() => <TimelineTable day={day} figures={figures} />}
    >
      <Timeline day={day} missing={figures.missing} window={window} now={now} />
    </ChartFrame>
  );
}

function useTitle(day: TimedDay, figures: DayFigures): string {
  const { t } = useTranslation();
  const first = day.work[0];
  if (!first) return t("day.timeline.titleEmpty");
  const last = Math.min(day.whole.end, Math.max(...day.work.map((span) => span.end)));
  const times = {
    from: formatClock(Math.max(first.start, day.whole.start), day.zone),
    to: formatClock(last, day.zone),
  };
  const missing = missingLength(figures.missing);
  return missing === 0
    ? t("day.timeline.titleWhole", times)
    : t("day.timeline.titleGaps", { ...times, missing: formatDuration(missing) });
}

const looksInOrder: readonly Look[] = [
  "contact",
  "acw",
  "ready",
  "break",
  "inquiry",
  "together",
  "trouble",
  "unknown",
];

function useLegend(day: TimedDay, figures: DayFigures): LegendEntry[] {
  const { t } = useTranslation();
  const present = new Set(day.work.map((span) => lookOf(span.kind)));
  const entries: LegendEntry[] = looksInOrder
    .filter((look) => present.has(look))
    .map((look) => ({ look, name: t(`kinds.looks.${look}`) }));
  if (day.tools.length > 0) entries.push({ look: "tool", name: t("kinds.looks.tool") });
  if (figures.missing.some((stretch) => !stretch.pending))
    entries.push({ look: "missing", name: t("day.timeline.missing") });
  if (figures.missing.some((stretch) => stretch.pending))
    entries.push({ look: "pending", name: t("day.timeline.pending") });
  return entries;
}

interface TableRow extends Interval {
  key: string;
  layer: string;
  what: string;
}

function TimelineTable({ day, figures }: Pick<DayTimelineProps, "day" | "figures">) {
  const { t } = useTranslation();
  const rows: TableRow[] = [
    ...day.spans.map((span) => ({
      key: span.key,
      start: span.start,
      end: span.end,
      layer: span.kind === "focus" ? t("day.timeline.tools") : t("day.timeline.work"),
      what: nameOfSpan(span, t),
    })),
    ...figures.missing.map((stretch) => ({
      key: `missing-${stretch.start}`,
      start: stretch.start,
      end: stretch.end,
      layer: t("day.timeline.work"),
      what: stretch.pending ? t("day.timeline.pending") : t("day.timeline.missing"),
    })),
    ...day.marks.map((mark) => ({
      key: mark.key,
      start: mark.at,
      end: mark.until ?? mark.at,
      layer: t("day.timeline.marks"),
      what: t(`kinds.marks.${mark.kind}`),
    })),
  ].sort((a, b) => a.start - b.start);
  return (
    <DataTable
      tall
      caption={t("day.timeline.work")}
      rows={rows}
      keyOf={(row) => row.key}
      columns={[
        { key: "from", title: t("day.from"), cell: (row) => formatClock(row.start, day.zone) },
        { key: "to", title: t("day.to"), cell: (row) => formatClock(row.end, day.zone) },
        { key: "layer", title: t("day.layer"), cell: (row) => row.layer },
        { key: "what", title: t("day.what"), cell: (row) => row.what },
        {
          key: "duration",
          title: t("day.duration"),
          number: true,
          cell: (row) => formatExactDuration(row.end - row.start),
        },
      ]}
    />
  );
}
