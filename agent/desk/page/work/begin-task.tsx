import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Status } from "#agent/control/messages";
import type { WorkKind } from "#schema/activity";
import { useDesk } from "../api/desk.tsx";
import { Button } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { beginnableKinds, colourOf } from "../view/kinds.ts";
import { emptyFields, readTaskFields } from "../view/task-details.ts";
import { TaskDetails } from "./task-details.tsx";
import css from "./work.module.css";

/** One press begins a task of that kind, with the details given before, if any. */
export function BeginTask({ status }: { status: Status }) {
  const { t } = useTranslation();
  const { act } = useDesk();
  const [parks, setParks] = useState(false);
  const [fields, setFields] = useState(emptyFields);
  const { said, wrong } = readTaskFields(fields, status.now);
  const begin = async (kind: WorkKind) => {
    const task = { kind, ...said };
    const reply = await act(
      parks && status.task
        ? { command: "task-switch", ...task }
        : { command: "task-start", ...task },
    );
    if (reply.ok) setFields(emptyFields);
  };
  return (
    <Card title={t("work.begin")}>
      {status.task && <WhatBecomesOfTheLast parks={parks} onChange={setParks} />}
      <div className={css.kinds}>
        {beginnableKinds.map((kind) => (
          <Button
            key={kind}
            className={css.kind}
            disabled={status.recording !== "on"}
            onClick={() => void begin(kind)}
          >
            <span
              className={css.swatch}
              style={{ background: colourOf(kind) }}
              aria-hidden="true"
            />
            {t(`kinds.work.${kind}`)}
          </Button>
        ))}
      </div>
      <TaskDetails fields={fields} wrong={wrong} onChange={setFields} />
    </Card>
  );
}

/** Whether the task under way ends when another begins, or is put aside. */
function WhatBecomesOfTheLast({
  parks,
  onChange,
}: {
  parks: boolean;
  onChange: (parks: boolean) => void;
}) {
  const { t } = useTranslation();
  const name = useId();
  return (
    <fieldset className={css.choice}>
      <legend>{t("work.before")}</legend>
      {[false, true].map((entry) => (
        <label key={String(entry)}>
          <input
            type="radio"
            name={name}
            checked={parks === entry}
            onChange={() => onChange(entry)}
          />
          {t(entry ? "work.parks" : "work.ends")}
        </label>
      ))}
    </fieldset>
  );
}
