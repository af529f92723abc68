import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/use-endpoint.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { FileField } from "../../components/file-field.tsx";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import { TextArea } from "../../components/text-area.tsx";
import { CsvReport } from "./csv-report.tsx";
import css from "./operator.module.css";

interface CsvImportProps {
  what: "people" | "schedules";
  endpoint: "importPeople" | "importSchedules";
  example: string;
}

/** Takes a CSV file or pasted lines, sends them, and shows what became of each line. */
export function CsvImport({ what, endpoint, example }: CsvImportProps) {
  const { t } = useTranslation();
  const [csv, setCsv] = useState("");
  const send = useAction(endpoint, ["listPeople"]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (csv.trim() !== "") send.mutate({ csv });
  };
  return (
    <Card title={t(`operator.import.${what}`)} text={t(`operator.import.${what}Text`)}>
      <div>
        <p className={css.soft}>{t("operator.import.format")}</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
        <pre className={css.example} tabIndex={0}>
          {example}
        </pre>
      </div>
      <form className={css.form} onSubmit={submit}>
        <FileField
          label={t(`operator.import.fileFor.${what}`)}
          button={t("operator.import.file")}
          accept=".csv,text/csv,text/plain"
          onText={setCsv}
        />
        <TextArea
          label={t(`operator.import.paste.${what}`)}
          hint={t("operator.import.orPaste")}
          value={csv}
          onChange={(event) => setCsv(event.target.value)}
        />
        <Button type="submit" look="primary" disabled={send.isPending || csv.trim() === ""}>
          {send.isPending ? t("operator.import.working") : t(`operator.import.submit.${what}`)}
        </Button>
      </form>
      {send.isError && <ProblemNotice error={send.error} />}
      {send.data && <CsvReport report={send.data} />}
    </Card>
  );
}
