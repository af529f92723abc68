import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Held } from "#agent/control/held";
import { useDesk } from "../api/desk.tsx";
import { Button } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { Field } from "../components/field.tsx";
import { fromInput, lastTenMinutes, toInput } from "../view/clock.ts";
import { type DeletionPreview, previewDeletion } from "../view/held-events.ts";
import { ConfirmDeletion } from "./confirm-deletion.tsx";
import { DeletionEffect } from "./deletion-effect.tsx";
import css from "./waiting.module.css";

/** Chooses a stretch of time, shows what deleting it would take away, and asks before it does. */
export function DeleteStretch({ held, now }: { held: Held; now: string }) {
  const { t } = useTranslation();
  const { act } = useDesk();
  const [fields, setFields] = useState(() => lastTen(now));
  const [isAsking, setIsAsking] = useState(false);
  const from = fromInput(fields.from, now);
  const to = fromInput(fields.to, now);
  const window = from !== null && to !== null && from < to ? { from, to } : null;
  const preview = window && previewDeletion(held, window.from, window.to);
  const erase = async () => {
    setIsAsking(false);
    if (window) await act({ command: "held-delete", ...window });
  };
  return (
    <Card title={t("waiting.delete")} text={t("waiting.deleteText")}>
      <div className={css.stretch}>
        <Field
          label={t("page.from")}
          type="datetime-local"
          value={fields.from}
          onChange={(event) => setFields({ ...fields, from: event.target.value })}
        />
        <Field
          label={t("page.to")}
          type="datetime-local"
          value={fields.to}
          onChange={(event) => setFields({ ...fields, to: event.target.value })}
        />
        <Button small onClick={() => setFields(lastTen(now))}>
          {t("waiting.lastTen")}
        </Button>
      </div>
      <div role="status">
        {preview ? <DeletionEffect preview={preview} /> : <p>{t("waiting.wrongWindow")}</p>}
      </div>
      <Button
        look="danger"
        className={css.erase}
        disabled={!preview || !doesAnything(preview)}
        onClick={() => setIsAsking(true)}
      >
        {t("waiting.deleteAction")}
      </Button>
      {isAsking && window && preview && (
        <ConfirmDeletion
          window={window}
          preview={preview}
          now={now}
          onClose={() => setIsAsking(false)}
          onConfirm={() => void erase()}
        />
      )}
    </Card>
  );
}

function doesAnything({ whole, cut, isPartial, underWay }: DeletionPreview): boolean {
  return whole.length + cut.length > 0 || isPartial || underWay;
}

function lastTen(now: string): { from: string; to: string } {
  const { from, to } = lastTenMinutes(now);
  return { from: toInput(from), to: toInput(to) };
}
