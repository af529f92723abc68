import { useTranslation } from "react-i18next";
import { origin } from "#schema/activity";
import { Field, SelectField } from "../components/field.tsx";
import type { TaskFields, WrongField } from "../view/task-details.ts";
import css from "./work.module.css";

interface TaskDetailsProps {
  fields: TaskFields;
  wrong: readonly WrongField[];
  onChange: (fields: TaskFields) => void;
}

/** What can be said of a task before it begins, behind a fold: nobody has to. */
export function TaskDetails({ fields, wrong, onChange }: TaskDetailsProps) {
  const { t } = useTranslation();
  const unsaid = { value: "", name: t("work.unsaid") };
  const set = (name: keyof TaskFields) => (value: string) => onChange({ ...fields, [name]: value });
  const tie = (name: WrongField) => ({
    value: fields[name],
    error: wrong.includes(name) ? t(`work.errors.${name}`) : undefined,
    onChange: (event: { target: { value: string } }) => set(name)(event.target.value),
  });
  return (
    <details className={css.details}>
      <summary>{t("work.details")}</summary>
      <p className={css.none}>{t("work.detailsText")}</p>
      <div className={css.fields}>
        <Field
          label={t("work.queue")}
          hint={t("work.queueHint")}
          maxLength={40}
          {...tie("label")}
        />
        <Field label={t("work.taskNumber")} maxLength={40} {...tie("task")} />
        <Field label={t("work.allottedMinutes")} inputMode="numeric" {...tie("allotted")} />
        <Field label={t("work.remaining")} inputMode="numeric" {...tie("remaining")} />
        <Field label={t("work.deadline")} type="datetime-local" {...tie("due")} />
        <SelectField
          label={t("work.origin")}
          value={fields.origin}
          options={[
            unsaid,
            ...origin.options.map((value) => ({ value, name: t(`kinds.origins.${value}`) })),
          ]}
          onChange={set("origin")}
        />
        <SelectField
          label={t("work.complexity")}
          value={fields.complexity}
          options={[
            unsaid,
            ...(["1", "2", "3"] as const).map((value) => ({
              value,
              name: t(`work.complexities.${value}`),
            })),
          ]}
          onChange={set("complexity")}
        />
        <SelectField
          label={t("work.scripted")}
          value={fields.scripted}
          options={[
            unsaid,
            { value: "yes", name: t("work.yes") },
            { value: "no", name: t("work.no") },
          ]}
          onChange={set("scripted")}
        />
        <label className={css.check}>
          <input
            type="checkbox"
            checked={fields.waitsForCustomer}
            onChange={(event) => onChange({ ...fields, waitsForCustomer: event.target.checked })}
          />
          {t("work.waitingOn")}
        </label>
      </div>
    </details>
  );
}
