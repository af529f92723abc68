import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Day } from "#schema/day";
import { Card } from "../../../components/card.tsx";
import { Notice } from "../../../components/notice.tsx";
import { useLanguage } from "../../../text/language.ts";
import { formatShortDate } from "../../../view/format.ts";
import css from "./day.module.css";

/** What to do when there is nothing to see: enrol a workstation, or go where there is a record. */
export function EmptyDay({ day }: { day: Day }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  if (day.firstDate !== null && day.lastDate !== null)
    return (
      <Notice tone="info">
        <p>
          {t("day.empty.otherDay", {
            first: formatShortDate(day.firstDate, language),
            last: formatShortDate(day.lastDate, language),
          })}
        </p>
        <Link href={`/day/${day.lastDate}`}>{t("day.empty.latest")}</Link>
      </Notice>
    );
  return (
    <Card title={t("day.empty.title")} text={t("day.empty.text")}>
      <ol className={css.steps}>
        <li>{t("day.empty.step1")}</li>
        <li>{t("day.empty.step2")}</li>
        <li>{t("day.empty.step3")}</li>
      </ol>
      <p>
        <Link href="/recorded">{t("day.empty.action")}</Link>
      </p>
    </Card>
  );
}
