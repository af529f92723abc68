import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { Table } from "../components/table.tsx";
import { useLanguage } from "../text/language.ts";
import { useEventWords } from "../text/use-event-words.ts";
import { formatWhen } from "../view/clock.ts";
import type { DeletionPreview } from "../view/held-events.ts";
import { DeletionEffect } from "./deletion-effect.tsx";

interface ConfirmDeletionProps {
  window: { from: string; to: string };
  preview: DeletionPreview;
  now: string;
  onClose: () => void;
  onConfirm: () => void;
}

/** Asks before anything is deleted, and lists what it is. */
export function ConfirmDeletion({
  window,
  preview,
  now,
  onClose,
  onConfirm,
}: ConfirmDeletionProps) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const wordsOf = useEventWords(now);
  const { whole, cut } = preview;
  const rows = [
    ...whole.map((event) => ({ event, effect: t("waiting.whole") })),
    ...cut.map((event) => ({ event, effect: t("waiting.part") })),
  ];
  return (
    <Dialog
      title={t("waiting.confirmTitle")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("page.cancel")}</Button>
          <Button look="danger" onClick={onConfirm}>
            {t("waiting.confirmAction")}
          </Button>
        </>
      }
    >
      <p>
        {t("waiting.confirmText", {
          from: formatWhen(window.from, now, language),
          to: formatWhen(window.to, now, language),
        })}
      </p>
      <Table
        caption={t("waiting.confirmTitle")}
        rows={rows}
        keyOf={({ event }) => event.id}
        tall
        columns={[
          { key: "time", title: t("waiting.time"), cell: ({ event }) => wordsOf(event).time },
          { key: "what", title: t("waiting.what"), cell: ({ event }) => wordsOf(event).what },
          { key: "effect", title: t("waiting.effect"), cell: ({ effect }) => effect },
        ]}
      />
      <DeletionEffect preview={preview} />
    </Dialog>
  );
}
