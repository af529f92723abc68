import { useTranslation } from "react-i18next";
import type { Status } from "#agent/control/messages";
import { useDesk } from "../api/desk.tsx";
import { Button } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { TaskLine } from "./task-line.tsx";
import css from "./work.module.css";

/** The task under way, and how to end it or put it aside. */
export function UnderWay({ status }: { status: Status }) {
  const { t } = useTranslation();
  const { act } = useDesk();
  return (
    <Card title={t("work.now")}>
      {status.task ? (
        <>
          <TaskLine task={status.task} now={status.now} />
          <div className={css.buttons}>
            <Button look="primary" onClick={() => void act({ command: "task-stop" })}>
              {t("work.stop")}
            </Button>
            <Button onClick={() => void act({ command: "task-park" })}>{t("work.park")}</Button>
          </div>
        </>
      ) : (
        <p className={css.none}>{t("work.none")}</p>
      )}
    </Card>
  );
}
