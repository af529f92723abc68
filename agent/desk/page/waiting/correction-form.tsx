import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { interrupters, type markKind, markKinds, origin } from "#schema/activity";
import { knownCategories } from "#schema/application-category";
import { Field, SelectField } from "../components/field.tsx";
import { useNames } from "../text/use-names.ts";
import type { CorrectionFields } from "../view/correction.ts";
import type { Happening } from "../view/held-events.ts";
import { workKindsInOrder } from "../view/kinds.ts";
import css from "./waiting.module.css";

interface CorrectionFormProps {
  happening: Extract<Happening, { type: "span" | "mark" }>;
  fields: CorrectionFields;
  onChange: (fields: CorrectionFields) => void;
}

/** The fields of one event that can be put right. */
export function CorrectionForm({ happening, fields, onChange }: CorrectionFormProps) {
  const { t } = useTranslation();
  const kinds = useKinds(happening);
  const set = (name: keyof CorrectionFields) => (value: string) =>
    onChange({ ...fields, [name]: value });
  const tie = (name: keyof CorrectionFields) => ({
    value: fields[name],
    onChange: (event: { target: { value: string } }) => set(name)(event.target.value),
  });
  const isTool = fields.kind === "focus";
  const times = happening.type === "span" ? (["start", "end"] as const) : (["at"] as const);
  return (
    <div className={css.fields}>
      {kinds.length > 1 && (
        <SelectField
          label={t("waiting.kind")}
          value={fields.kind}
          options={kinds}
          onChange={set("kind")}
        />
      )}
      <LabelField kind={fields.kind} value={fields.label} onChange={set("label")} />
      {times.map((name) => (
        <Field
          key={name}
          label={t(`waiting.${name}`)}
          type="datetime-local"
          step={1}
          {...tie(name)}
        />
      ))}
      {!isTool && (
        <>
          <Field label={t("waiting.task")} maxLength={40} {...tie("task")} />
          <SelectField
            label={t("waiting.origin")}
            value={fields.origin}
            options={[
              { value: "", name: t("work.unsaid") },
              ...origin.options.map((value) => ({ value, name: t(`kinds.origins.${value}`) })),
            ]}
            onChange={set("origin")}
          />
        </>
      )}
    </div>
  );
}

/** The label by what it names: a tool's category, whom an interruption came from, else a queue or a subject. */
function LabelField({
  kind,
  value,
  onChange,
}: {
  kind: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const { t } = useTranslation();
  const { toolName } = useNames();
  if (kind === "focus")
    return (
      <SelectField
        label={t("waiting.tool")}
        value={value}
        options={[...new Set([...knownCategories, value])].map((entry) => ({
          value: entry,
          name: toolName(entry),
        }))}
        onChange={onChange}
      />
    );
  if (kind === "interrupt")
    return (
      <SelectField
        label={t("waiting.by")}
        value={value}
        options={[
          { value: "", name: t("work.unsaid") },
          ...interrupters.map((entry) => ({
            value: entry,
            name: t(`kinds.interruptedBy.${entry}`),
          })),
        ]}
        onChange={onChange}
      />
    );
  return (
    <Field
      label={t("waiting.label")}
      hint={t("work.queueHint")}
      maxLength={40}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** What its kind can be corrected to; a deadline needs a due time, so nothing else becomes one. */
function useKinds(happening: CorrectionFormProps["happening"]): { value: string; name: string }[] {
  const { t } = useTranslation();
  if (happening.type === "span")
    return happening.span.kind === "focus"
      ? []
      : workKindsInOrder.map((value) => ({ value, name: t(`kinds.work.${value}`) }));
  const own: z.infer<typeof markKind> = happening.mark.kind;
  return markKinds
    .filter((value) => value !== "deadline" || own === "deadline")
    .map((value) => ({ value, name: t(`kinds.marks.${value}`) }));
}
