import { useTranslation } from "react-i18next";
import { useEndpoint } from "../../api/use-endpoint.ts";
import { Card } from "../../components/card.tsx";
import { Page } from "../../components/page.tsx";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import { readRoughCount } from "../../view/rough-count.ts";
import css from "./operator.module.css";
import { TokenCard } from "./token-card.tsx";

/** How many workstations there are, and a token for enrolling many. */
export function WorkstationsPage() {
  const { t } = useTranslation();
  const counts = useEndpoint("listWorkstations", {});
  const seen = (band: string) => {
    const rough = readRoughCount(band);
    if (rough === null) return band;
    if (rough.is === "exactly") return rough.count;
    return t(`operator.workstations.${rough.is}`, { count: rough.count });
  };
  return (
    <Page title={t("operator.workstations.title")} text={t("operator.workstations.text")}>
      {counts.isError && (
        <ProblemNotice
          error={counts.error}
          title={t("operator.failed")}
          onRetry={() => void counts.refetch()}
        />
      )}
      {counts.data && (
        <Card title={t("operator.workstations.counts")} text={t("operator.workstations.seenText")}>
          <dl className={css.counts}>
            <div>
              <dt>{t("operator.workstations.enrolled")}</dt>
              <dd>{counts.data.enrolled}</dd>
            </div>
            <div>
              <dt>{t("operator.workstations.seen")}</dt>
              <dd>{seen(counts.data.seenToday)}</dd>
            </div>
            <div>
              <dt>{t("operator.workstations.revoked")}</dt>
              <dd>{counts.data.revoked}</dd>
            </div>
          </dl>
        </Card>
      )}
      <TokenCard />
    </Page>
  );
}
