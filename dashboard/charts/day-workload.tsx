import { useTranslation } from "react-i18next";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { Interval } from "#schema/time";
import { type WorkloadBin, workloadCurve } from "#schema/workload";
import { DataTable } from "../components/data-table.tsx";
import { useLanguage } from "../text/language.ts";
import { findBusiestHour } from "../view/day-figures.ts";
import { hoursOf } from "../view/day-window.ts";
import { formatClock, formatDuration, formatShare, formatStretch } from "../view/format.ts";
import type { TimedDay } from "../view/timed-day.ts";
import { ChartFrame } from "./chart-frame.tsx";
import { Legend } from "./legend.tsx";
import css from "./workload.module.css";

const parts = ["contact", "acw", "other", "ready"] as const;
const colours = {
  contact: "var(--kind-contact)",
  acw: "var(--kind-acw)",
  other: "var(--kind-together)",
  ready: "var(--kind-ready)",
};
const looks = { contact: "contact", acw: "acw", other: "together", ready: "ready" } as const;

/** What each quarter of an hour was spent on. */
export function DayWorkload({ day, window }: { day: TimedDay; window: Interval }) {
  const { t } = useTranslation();
  const bins = workloadCurve(day.work, window);
  const busiest = findBusiestHour(bins);
  const title = busiest
    ? t("day.workload.title", {
        stretch: formatStretch(busiest, day.zone),
        time: formatDuration(busiest.time),
      })
    : t("day.workload.titleNone");
  return (
    <ChartFrame
      title={title}
      summary={t("day.workload.summary")}
      legend={
        <Legend
          flat
          entries={parts
            .filter((part) => bins.some((bin) => bin[part] > 0))
            .map((part) => ({ look: looks[part], name: t(`day.workload.${part}`) }))}
        />
      }
      table={() => <WorkloadTable bins={bins} zone={day.zone} />}
    >
      <div className={css.chart}>
        <ResponsiveContainer
          width="100%"
          height="100%"
          initialDimension={{ width: 600, height: 240 }}
        >
          <BarChart
            data={bins}
            barCategoryGap={1}
            margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
            aria-label={t("day.workload.axis")}
          >
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="start"
              ticks={hoursOf(window).slice(0, -1)}
              interval="preserveStartEnd"
              minTickGap={12}
              tickFormatter={(time: number) => formatClock(time, day.zone)}
              tickLine={false}
              axisLine={{ stroke: "var(--line-strong)" }}
              tick={{ fill: "var(--ink-soft)", fontSize: 11 }}
            />
            <YAxis
              domain={[0, 1]}
              ticks={[0, 0.5, 1]}
              width={44}
              tickFormatter={(share: number) => `${Math.round(share * 100)}%`}
              tickLine={false}
              axisLine={false}
              tick={{ fill: "var(--ink-soft)", fontSize: 11 }}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ fill: "var(--sunk)" }}
              content={({ active, label }) => (
                <WorkloadTip
                  bin={active ? bins.find((bin) => bin.start === label) : undefined}
                  zone={day.zone}
                />
              )}
            />
            {parts.map((part) => (
              <Bar
                key={part}
                dataKey={part}
                stackId="quarter"
                fill={colours[part]}
                isAnimationActive={false}
              />
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
    </ChartFrame>
  );
}

function WorkloadTip({ bin, zone }: { bin: WorkloadBin | undefined; zone: string }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  if (!bin) return null;
  return (
    <div className={css.tip}>
      <strong>{formatStretch(bin, zone)}</strong>
      {parts
        .filter((part) => bin[part] > 0)
        .map((part) => (
          <span key={part}>
            {t(`day.workload.${part}`)} {formatShare(bin[part], language)}
          </span>
        ))}
      {bin.observed < 0.995 && (
        <span>
          {t("day.workload.unrecorded")} {formatShare(1 - bin.observed, language)}
        </span>
      )}
    </div>
  );
}

function WorkloadTable({ bins, zone }: { bins: readonly WorkloadBin[]; zone: string }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return (
    <DataTable
      tall
      caption={t("day.workload.axis")}
      rows={bins}
      keyOf={(bin) => String(bin.start)}
      columns={[
        {
          key: "quarter",
          title: t("day.workload.quarter"),
          cell: (bin) => formatStretch(bin, zone),
        },
        ...parts.map((part) => ({
          key: part,
          title: t(`day.workload.${part}`),
          number: true,
          cell: (bin: WorkloadBin) => formatShare(bin[part], language),
        })),
        {
          key: "unrecorded",
          title: t("day.workload.unrecorded"),
          number: true,
          cell: (bin) => formatShare(1 - bin.observed, language),
        },
      ]}
    />
  );
}
