import { useTranslation } from "react-i18next";
import { useAction } from "../../api/use-endpoint.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { CopyField } from "../../components/copy-field.tsx";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import { useLanguage } from "../../text/language.ts";
import { formatInstant } from "../../view/format.ts";
import css from "./technician.module.css";

/** Makes a one-time code and shows the very command to run. */
export function EnrolmentCard() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const enrolment = useAction("createMyEnrolment");
  const made = enrolment.data;
  return (
    <Card title={t("technician.recorded.enrol")} text={t("technician.recorded.enrolText")}>
      {made && (
        <div className={css.stack}>
          <CopyField
            label={t("technician.recorded.command")}
            value={`npx etabli enrol ${window.location.origin} ${made.code}`}
          />
          <p className={css.soft}>
            {t("technician.recorded.code")}: <code>{made.code}</code>
          </p>
          <p className={css.soft}>
            {t("technician.recorded.expires", { time: formatInstant(made.expiresAt, language) })}
          </p>
        </div>
      )}
      {enrolment.isError && <ProblemNotice error={enrolment.error} />}
      <div>
        <Button
          look={made ? "plain" : "primary"}
          disabled={enrolment.isPending}
          onClick={() => enrolment.mutate({})}
        >
          {made ? t("technician.recorded.another") : t("technician.recorded.create")}
        </Button>
      </div>
    </Card>
  );
}
