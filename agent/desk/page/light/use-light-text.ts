import { useTranslation } from "react-i18next";
import type { Status } from "#agent/control/messages";
import { useLanguage } from "../text/language.ts";
import { formatWhen } from "../view/clock.ts";
import type { Standing } from "../view/standing.ts";

/** What the light says in words: the state, and why or until when. */
export function useLightText(standing: Standing): { title: string; text: string } {
  const { t } = useTranslation();
  const reasonOf = useReason();
  switch (standing.kind) {
    case "asking":
      return { title: t("light.asking"), text: t("light.askingText") };
    case "silent":
      return { title: t("light.silent"), text: t("light.silentText") };
    case "told": {
      const isOn = standing.status.recording === "on";
      return { title: t(isOn ? "light.on" : "light.off"), text: reasonOf(standing.status) };
    }
  }
}

function useReason(): (status: Status) => string {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return ({ recording, until, now }) => {
    const time = until === null ? null : formatWhen(until, now, language);
    if (recording === "on") return time === null ? t("light.onText") : t("light.onUntil", { time });
    if (recording === "paused" && time !== null) return t("light.pausedUntil", { time });
    if (recording === "outside-hours" && time !== null) return t("light.outsideUntil", { time });
    return t(`light.${recording}`);
  };
}
