import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call } from "../../api/call.ts";
import { Card } from "../../components/card.tsx";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import { useLanguage } from "../../text/language.ts";
import { formatShortDate } from "../../view/format.ts";
import css from "./technician.module.css";

/** Short: someone who has just started the agent waits for the light. */
const LOOK_AGAIN_MS = 3_000;

/** The workstations enrolled for me, and whether each is connected now. */
export function MyWorkstations() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const mine = useQuery({
    queryKey: ["readMyWorkstations", {}],
    queryFn: ({ signal }) => call("readMyWorkstations", {}, signal),
    refetchInterval: LOOK_AGAIN_MS,
  });
  const stateOf = (station: { revoked: boolean; connected: boolean }) => {
    if (station.revoked) return "revoked";
    return station.connected ? "connected" : "away";
  };
  return (
    <Card title={t("technician.recorded.workstations")}>
      {mine.isError && (
        <ProblemNotice
          error={mine.error}
          title={t("technician.recorded.unreadable")}
          onRetry={() => void mine.refetch()}
        />
      )}
      {mine.data?.workstations.length === 0 && <p>{t("technician.recorded.noWorkstations")}</p>}
      <ul className={css.stations}>
        {mine.data?.workstations.map((station, index) => (
          <li key={station.id}>
            <span className={css.light} data-state={stateOf(station)} aria-hidden="true" />
            <div>
              <p className={css.strong}>
                {t("technician.recorded.workstation", { number: index + 1 })}
              </p>
              <p className={css.soft}>
                {t(`technician.recorded.${stateOf(station)}`)} ·{" "}
                {t("technician.recorded.enrolledOn", {
                  date: formatShortDate(station.enrolledOn, language),
                })}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
