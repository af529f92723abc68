import { useTranslation } from "react-i18next";
import type { Status } from "#agent/control/messages";
import { millisecondsOf } from "#schema/time";
import { useLanguage } from "../text/language.ts";
import { formatDuration, formatWhen } from "../view/clock.ts";
import { colourOf } from "../view/kinds.ts";
import css from "./work.module.css";

type Task = NonNullable<Status["task"]>;

/** A task in one look: kind and subject, since when, and what was said of it. */
export function TaskLine({ task, now }: { task: Task; now: string }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const facts = [
    t("work.since", {
      time: formatWhen(task.since, now, language),
      duration: formatDuration(millisecondsOf(now) - millisecondsOf(task.since)),
    }),
    task.task !== undefined && t("work.number", { task: task.task }),
    task.allotted !== undefined &&
      t("work.allotted", { duration: formatDuration(task.allotted * 1000) }),
    task.due !== undefined && t("work.due", { time: formatWhen(task.due, now, language) }),
    task.origin !== undefined && t(`kinds.origins.${task.origin}`),
  ].filter((fact) => typeof fact === "string");
  return (
    <div className={css.task} style={{ borderColor: colourOf(task.kind) }}>
      <p className={css.taskName}>
        {t(`kinds.work.${task.kind}`)}
        {task.label && <span> · {task.label}</span>}
      </p>
      <ul className={css.facts}>
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
    </div>
  );
}
