import { useTranslation } from "react-i18next";
import type { Day } from "#schema/day";
import { millisecondsOf } from "#schema/time";
import { Card } from "../../../components/card.tsx";
import { formatClock } from "../../../view/format.ts";
import css from "./day.module.css";

/** The losses a workstation told of, in plain words. */
export function ReportedGaps({ gaps, zone }: { gaps: Day["gaps"]; zone: string }) {
  const { t } = useTranslation();
  return (
    <Card title={t("day.gaps.title", { count: gaps.length })} text={t("day.gaps.plain")}>
      <ul className={css.gaps}>
        {gaps.map((gap) => (
          <li key={`${gap.toldAt}-${gap.epoch}-${gap.fromSeq}`}>
            {t("day.gaps.line", {
              count: gap.toSeq - gap.fromSeq + 1,
              reason: t(`day.gaps.${gap.reason}`),
              time: formatClock(millisecondsOf(gap.toldAt), zone),
            })}
          </li>
        ))}
      </ul>
    </Card>
  );
}
