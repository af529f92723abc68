import { useTranslation } from "react-i18next";
import type { Status } from "#agent/control/messages";
import { Card } from "../components/card.tsx";
import { useLanguage } from "../text/language.ts";
import { formatWhen } from "../view/clock.ts";
import css from "./recorded.module.css";

/** In which hours anything is recorded. */
export function Hours({ status }: { status: Status }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { known, current, next, outsideToo } = status.hours;
  const stretch = (shift: typeof current) =>
    shift &&
    t("recorded.stretch", {
      from: formatWhen(shift.start, status.now, language),
      to: formatWhen(shift.end, shift.start, language),
    });
  return (
    <Card title={t("recorded.hours")}>
      {known ? (
        <dl className={css.hours}>
          <dt>{t("recorded.shift")}</dt>
          <dd>{stretch(current) ?? t("recorded.noShift")}</dd>
          <dt>{t("recorded.next")}</dt>
          <dd>{stretch(next) ?? t("recorded.noNext")}</dd>
          <dt>{t("recorded.outside")}</dt>
          <dd>{t(outsideToo ? "recorded.outsideToo" : "recorded.outsideNothing")}</dd>
        </dl>
      ) : (
        <p>{t("recorded.hoursUnknown")}</p>
      )}
    </Card>
  );
}
