import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../api/desk.tsx";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { useReplyText } from "../text/reply-text.ts";
import { useEventWords } from "../text/use-event-words.ts";
import {
  type CorrectionFields,
  fieldsOf,
  isCorrectable,
  readCorrection,
} from "../view/correction.ts";
import type { Happening, WaitingEvent } from "../view/held-events.ts";
import { CorrectionForm } from "./correction-form.tsx";
import css from "./waiting.module.css";

interface CorrectDialogProps {
  event: WaitingEvent;
  now: string;
  onClose: () => void;
}

/** Puts one event right before it leaves. */
export function CorrectDialog({ event, now, onClose }: CorrectDialogProps) {
  const { happening } = event;
  if (!isCorrectable(happening)) return null;
  return <OpenDialog event={event} happening={happening} now={now} onClose={onClose} />;
}

function OpenDialog({
  event,
  happening,
  now,
  onClose,
}: CorrectDialogProps & { happening: Extract<Happening, { type: "span" | "mark" }> }) {
  const { t } = useTranslation();
  const { act } = useDesk();
  const textOf = useReplyText();
  const wordsOf = useEventWords(now);
  const [fields, setFields] = useState<CorrectionFields>(() => fieldsOf(happening));
  const [problem, setProblem] = useState<string | null>(null);
  const { what, time } = wordsOf(event);
  const save = async () => {
    const change = readCorrection(happening, fields);
    if (change === null) return setProblem(t("work.errors.due"));
    if (Object.keys(change).length === 0) return setProblem(t("waiting.nothingChanged"));
    const reply = await act({ command: "held-correct", id: event.id, change });
    if (reply.ok) onClose();
    else setProblem(textOf(reply));
  };
  return (
    <Dialog
      title={t("waiting.correctTitle")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("page.cancel")}</Button>
          <Button look="primary" onClick={() => void save()}>
            {t("waiting.save")}
          </Button>
        </>
      }
    >
      <p>
        {what}, {time}
      </p>
      <p className={css.soft}>{t("waiting.correctText")}</p>
      <CorrectionForm happening={happening} fields={fields} onChange={setFields} />
      {problem !== null && (
        <p role="alert" className={css.problem}>
          {problem}
        </p>
      )}
    </Dialog>
  );
}
