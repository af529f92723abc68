import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Status } from "#agent/control/messages";
import { useDesk } from "../api/desk.tsx";
import { Button } from "../components/button.tsx";
import { Field } from "../components/field.tsx";
import { emptyFields, readTaskFields } from "../view/task-details.ts";
import css from "./work.module.css";

/** Notes a deadline that was set for the task under way. */
export function DeadlineForm({ status }: { status: Status }) {
  const { t } = useTranslation();
  const { act } = useDesk();
  const [fields, setFields] = useState(emptyFields);
  const { said, wrong } = readTaskFields(fields, status.now);
  const note = async () => {
    const { due, remaining } = said;
    const reply = await act({ command: "mark", kind: "deadline", due, remaining });
    if (reply.ok) setFields(emptyFields);
  };
  return (
    <details className={css.details}>
      <summary>{t("work.addDeadline")}</summary>
      <div className={css.fields}>
        <Field
          label={t("work.deadline")}
          type="datetime-local"
          value={fields.due}
          onChange={(event) => setFields({ ...fields, due: event.target.value })}
        />
        <Field
          label={t("work.remaining")}
          inputMode="numeric"
          value={fields.remaining}
          error={wrong.includes("remaining") ? t("work.errors.remaining") : undefined}
          onChange={(event) => setFields({ ...fields, remaining: event.target.value })}
        />
      </div>
      <Button
        disabled={status.recording !== "on" || said.due === undefined}
        onClick={() => void note()}
      >
        {t("work.noteDeadline")}
      </Button>
    </details>
  );
}
