import { useTranslation } from "react-i18next";
import type { Status } from "#agent/control/messages";
import { useDesk } from "../api/desk.tsx";
import { Button } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { TaskLine } from "./task-line.tsx";
import css from "./work.module.css";

/** What was put aside, the last one first, and the way back to it. */
export function ParkedTasks({ status }: { status: Status }) {
  const { t } = useTranslation();
  const { act } = useDesk();
  const isOn = status.recording === "on";
  return (
    <Card title={t("work.parked")}>
      {status.parked.length === 0 && <p className={css.none}>{t("work.parkedNone")}</p>}
      {status.parked.length > 0 && (
        <ul className={css.list}>
          {status.parked.toReversed().map((task) => (
            <li key={`${task.task} ${task.since}`}>
              <TaskLine task={task} now={status.now} />
              <Button
                small
                disabled={!isOn}
                aria-label={t("work.backTo", {
                  what: [t(`kinds.work.${task.kind}`), task.label].filter(Boolean).join(" · "),
                })}
                onClick={() => void act({ command: "task-back", task: task.task })}
              >
                {t("work.back")}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
