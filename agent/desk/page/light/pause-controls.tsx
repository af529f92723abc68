import { useTranslation } from "react-i18next";
import type { Request, Status } from "#agent/control/messages";
import { useDesk } from "../api/desk.tsx";
import { Button } from "../components/button.tsx";
import css from "./light-panel.module.css";

type Until = Extract<Request, { command: "pause" }>["until"];

/** Stops recording for a while, or takes it up again. */
export function PauseControls({ status }: { status: Status }) {
  const { t } = useTranslation();
  const { act } = useDesk();
  const isStopped = status.recording === "paused" || status.recording === "private";
  const pause = (until: Until) => () => void act({ command: "pause", until });
  return (
    <fieldset className={css.controls}>
      <legend>{t("light.controls")}</legend>
      {isStopped && (
        <Button look="primary" onClick={() => void act({ command: "resume" })}>
          {t("light.resume")}
        </Button>
      )}
      <Button onClick={pause(30)}>{t("light.pause30")}</Button>
      <Button onClick={pause(60)}>{t("light.pause60")}</Button>
      <Button onClick={pause("shift")} disabled={status.hours.current === null}>
        {t("light.pauseShift")}
      </Button>
      {status.recording !== "private" && (
        <Button onClick={pause("resumed")}>{t("light.privateMode")}</Button>
      )}
      <p className={css.note}>{t("light.nobodyKnows")}</p>
    </fieldset>
  );
}
