import { useTranslation } from "react-i18next";
import { Page } from "../../components/page.tsx";
import { CsvImport } from "./csv-import.tsx";
import css from "./operator.module.css";

const peopleExample = `login,name,team,zone
a.durand,Alice Durand,Support Nord,Europe/Paris
b.martin,Bruno Martin,Support Nord,`;

const schedulesExample = `login,date,start,end,breaks
a.durand,2026-11-25,08:00,16:00,10:00-10:15;12:00-12:45
b.martin,2026-11-25,10:00,18:00,13:00-13:45`;

/** People, teams and planned hours from CSV. */
export function ImportPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("operator.import.title")} text={t("operator.import.text")}>
      <div className={css.pair}>
        <CsvImport what="people" endpoint="importPeople" example={peopleExample} />
        <CsvImport what="schedules" endpoint="importSchedules" example={schedulesExample} />
      </div>
    </Page>
  );
}
