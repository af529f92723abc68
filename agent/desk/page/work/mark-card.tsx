import { useTranslation } from "react-i18next";
import type { Request, Status } from "#agent/control/messages";
import { interrupters } from "#schema/activity";
import { useDesk } from "../api/desk.tsx";
import { Button } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { holdUps } from "../view/kinds.ts";
import { DeadlineForm } from "./deadline-form.tsx";
import { OpenMarks } from "./open-marks.tsx";
import css from "./work.module.css";

const plainMarks = [
  "priority_conflict",
  "difficult_contact",
  "off_script",
  "help_request",
  "training_cancelled",
] as const;

/** Notes that something happened, in one press. */
export function MarkCard({ status }: { status: Status }) {
  const { t } = useTranslation();
  const { act } = useDesk();
  const disabled = status.recording !== "on";
  const asking = (request: Request) => ({
    disabled,
    small: true,
    onClick: () => void act(request),
  });
  return (
    <Card title={t("work.marks")} text={t("work.marksText")}>
      <OpenMarks status={status} />
      <fieldset className={css.group}>
        <legend>{t("work.note")}</legend>
        {plainMarks.map((kind) => (
          <Button key={kind} {...asking({ command: "mark", kind })}>
            {t(`kinds.marks.${kind}`)}
          </Button>
        ))}
      </fieldset>
      <fieldset className={css.group}>
        <legend>{t("work.interruptedBy")}</legend>
        {interrupters.map((label) => (
          <Button key={label} {...asking({ command: "mark", kind: "interrupt", label })}>
            {t(`kinds.interruptedBy.${label}`)}
          </Button>
        ))}
      </fieldset>
      <fieldset className={css.group}>
        <legend>{t("work.heldUpBy")}</legend>
        {holdUps.map((kind) => (
          <Button key={kind} {...asking({ command: "task-switch", kind })}>
            {t(`kinds.work.${kind}`)}
          </Button>
        ))}
        <p className={css.hint}>{t("work.heldUpText")}</p>
      </fieldset>
      <DeadlineForm status={status} />
    </Card>
  );
}
