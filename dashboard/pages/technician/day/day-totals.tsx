import { useTranslation } from "react-i18next";
import { Card } from "../../../components/card.tsx";
import { DataTable } from "../../../components/data-table.tsx";
import { useLanguage } from "../../../text/language.ts";
import type { DayFigures, KindTotal } from "../../../view/day-figures.ts";
import { formatDuration, formatShare } from "../../../view/format.ts";
import { colourOf, lookOf } from "../../../view/kinds.ts";
import css from "./day.module.css";

const ENOUGH_COVERAGE = 0.8;

/** What the day adds up to: by kind, with how often, and how much of the planned time the record covers. */
export function DayTotals({ figures }: { figures: DayFigures }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return (
    <Card
      title={t("day.totals.title", {
        count: figures.contacts,
        recorded: formatDuration(figures.recorded),
      })}
      text={t("day.totals.summary")}
    >
      <dl className={css.stats}>
        <Stat
          name={t("day.totals.contacts")}
          value={formatDuration(figures.contactTime)}
          note={t("day.totals.contactCount", { count: figures.contacts })}
        />
        <Stat
          name={t("day.totals.breaks")}
          value={formatDuration(figures.breakTime)}
          note={t("day.breaks", { count: figures.breaks })}
        />
        <Stat
          name={t("day.totals.coverage")}
          value={figures.coverage === null ? "–" : formatShare(figures.coverage, language)}
          note={useCoverageNote(figures)}
        />
      </dl>
      <DataTable
        caption={t("day.totals.kind")}
        rows={figures.totals}
        keyOf={(total) => total.kind}
        columns={[
          {
            key: "kind",
            title: t("day.totals.kind"),
            cell: (total) => <KindName total={total} />,
          },
          {
            key: "time",
            title: t("day.totals.time"),
            number: true,
            cell: (total) => formatDuration(total.time),
          },
          {
            key: "count",
            title: t("day.totals.count"),
            number: true,
            cell: (total) => total.count,
          },
          {
            key: "share",
            title: t("day.totals.share"),
            cell: (total) => <ShareBar total={total} recorded={figures.recorded} />,
          },
        ]}
      />
    </Card>
  );
}

function useCoverageNote({ coverage, planned }: DayFigures): string {
  const { t } = useTranslation();
  const { language } = useLanguage();
  if (coverage === null) return t("day.totals.coverageNone");
  const share = formatShare(coverage, language);
  const note = planned
    ? t("day.totals.coveragePlanned", { share })
    : t("day.totals.coverageUnplanned", { share });
  return coverage < ENOUGH_COVERAGE ? `${note} ${t("day.totals.coverageLow")}` : note;
}

function Stat({ name, value, note }: { name: string; value: string; note: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <strong>{value}</strong>
        <span className={css.note}>{note}</span>
      </dd>
    </div>
  );
}

function KindName({ total }: { total: KindTotal }) {
  const { t } = useTranslation();
  return (
    <span className={css.kind}>
      <span
        className={css.dot}
        style={{ background: colourOf(lookOf(total.kind)) }}
        aria-hidden="true"
      />
      {t(`kinds.work.${total.kind}`)}
    </span>
  );
}

function ShareBar({ total, recorded }: { total: KindTotal; recorded: number }) {
  const { language } = useLanguage();
  const share = recorded > 0 ? Math.min(1, total.time / recorded) : 0;
  return (
    <span className={css.share}>
      <span className={css.shareTrack} aria-hidden="true">
        <span
          className={css.shareFill}
          style={{ width: `${share * 100}%`, background: colourOf(lookOf(total.kind)) }}
        />
      </span>
      <span>{formatShare(share, language)}</span>
    </span>
  );
}
