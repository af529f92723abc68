import { useTranslation } from "react-i18next";
import { useEndpoint } from "../../api/use-endpoint.ts";
import { ApplicationCategories } from "../../components/application-categories.tsx";
import { Card } from "../../components/card.tsx";
import { CharterCategories } from "../../components/charter-categories.tsx";
import css from "../../components/charter-text.module.css";
import { Loading } from "../../components/loading.tsx";
import { Notice } from "../../components/notice.tsx";
import { Page } from "../../components/page.tsx";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import { EnrolmentCard } from "./enrolment-card.tsx";
import { MyWorkstations } from "./my-workstations.tsx";

/** What may be recorded of me, by what, and how to enrol a workstation. */
export function RecordedPage() {
  const { t } = useTranslation();
  const charter = useEndpoint("readCharter", {});
  return (
    <Page title={t("technician.recorded.title")} text={t("technician.recorded.text")}>
      {charter.isPending && <Loading blocks={1} />}
      {charter.isError && (
        <ProblemNotice
          error={charter.error}
          title={t("charter.error")}
          onRetry={() => void charter.refetch()}
        />
      )}
      {charter.data && !charter.data.signed && (
        <Notice tone="info" title={t("charter.unsigned")}>
          <p>{t("charter.unsignedText")}</p>
        </Notice>
      )}
      <div className={css.pair}>
        <MyWorkstations />
        <EnrolmentCard />
      </div>
      {charter.data && (
        <>
          <Card title={t("technician.recorded.charter")} text={t("charter.categoriesText")}>
            <CharterCategories categories={charter.data.document.categories} />
          </Card>
          <ApplicationCategories categories={charter.data.document.applicationCategories} />
        </>
      )}
    </Page>
  );
}
