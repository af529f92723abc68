import { useTranslation } from "react-i18next";
import type { Status } from "#agent/control/messages";
import { useDesk } from "../api/desk.tsx";
import { Card } from "../components/card.tsx";
import { SelectField } from "../components/field.tsx";

const offered = [0, 5, 10, 15, 30, 60, 120, 240, 480, 1440];

/** How long events stay here before they may leave: the charter's minutes, or longer. */
export function HoldBack({ status }: { status: Status }) {
  const { t } = useTranslation();
  const { act } = useDesk();
  const { charter, minutes } = status.holdBack;
  const choices = [...new Set([...offered, charter, minutes])]
    .filter((entry) => entry >= charter)
    .sort((a, b) => a - b);
  const nameOf = (count: number) =>
    count >= 60 && count % 60 === 0
      ? t("waiting.hours", { count: count / 60 })
      : t("waiting.minutes", { count });
  return (
    <Card
      title={t("waiting.holdBackTitle")}
      text={
        charter === 0
          ? t("waiting.holdBackNone")
          : t("waiting.holdBackText", { charter: nameOf(charter) })
      }
    >
      <SelectField
        label={t("waiting.holdBack")}
        value={String(minutes)}
        options={choices.map((count) => ({ value: String(count), name: nameOf(count) }))}
        onChange={(value) => void act({ command: "hold-back", minutes: Number(value) })}
      />
    </Card>
  );
}
