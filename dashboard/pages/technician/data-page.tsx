import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { localDateOf } from "#schema/time";
import { call } from "../../api/call.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Notice } from "../../components/notice.tsx";
import { Page } from "../../components/page.tsx";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import { saveFile } from "./save-file.ts";
import css from "./technician.module.css";

const parts = ["spans", "marks", "tallies", "schedule", "answers", "charter"] as const;

/** My whole record as a file. */
export function DataPage() {
  const { t } = useTranslation();
  const archive = useMutation({
    mutationFn: async () => {
      const data = await call("readMyArchive", {});
      const file = `etabli-archive-${localDateOf(Date.now(), data.zone)}.json`;
      saveFile(file, JSON.stringify(data, null, 2));
      return { file, spans: data.spans.length, marks: data.marks.length };
    },
  });
  return (
    <Page title={t("technician.data.title")} text={t("technician.data.text")} narrow>
      <Card title={t("technician.data.inside")} text={t("technician.data.format")}>
        <ul className={css.list}>
          {parts.map((part) => (
            <li key={part}>{t(`technician.data.${part}`)}</li>
          ))}
        </ul>
        <div>
          <Button look="primary" disabled={archive.isPending} onClick={() => archive.mutate()}>
            {archive.isPending ? t("technician.data.working") : t("technician.data.download")}
          </Button>
        </div>
        {archive.isError && (
          <ProblemNotice error={archive.error} title={t("technician.data.failed")} />
        )}
        {archive.data && (
          <Notice tone="good">
            <p>
              {t("technician.data.ready", {
                file: archive.data.file,
                spans: t("technician.data.spanCount", { count: archive.data.spans }),
                marks: t("technician.data.markCount", { count: archive.data.marks }),
              })}
            </p>
          </Notice>
        )}
      </Card>
    </Page>
  );
}
