import { useTranslation } from "react-i18next";
import type { CsvReport as Report } from "#schema/endpoints";
import { DataTable } from "../../components/data-table.tsx";
import { Notice } from "../../components/notice.tsx";

/** How many lines were kept, and each refused one with its reason. */
export function CsvReport({ report }: { report: Report }) {
  const { t } = useTranslation();
  const words = [
    t("operator.import.imported", { count: report.imported }),
    t("operator.import.unchanged", { count: report.unchanged }),
    t("operator.import.refused", { count: report.refused.length }),
  ];
  return (
    <>
      <Notice tone="good">
        <p>{words.join(", ")}.</p>
      </Notice>
      {report.refused.length > 0 && (
        <DataTable
          caption={t("operator.import.refused", { count: report.refused.length })}
          rows={report.refused}
          keyOf={(row) => `${row.line}-${row.reason}`}
          columns={[
            { key: "line", title: t("operator.import.line"), cell: (row) => row.line },
            {
              key: "reason",
              title: t("operator.import.reason"),
              cell: (row) => <span lang="en">{row.reason}</span>,
            },
          ]}
        />
      )}
    </>
  );
}
