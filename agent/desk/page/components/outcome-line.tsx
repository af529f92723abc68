import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Reply } from "#agent/control/messages";
import { useDesk } from "../api/desk.tsx";
import { useReplyText } from "../text/reply-text.ts";
import { Button } from "./button.tsx";
import css from "./outcome-line.module.css";

const SHOWN_MS = 12_000;

/** Says what became of what was last asked for. What was done goes by itself; what was refused stays until closed. */
export function OutcomeLine() {
  const { outcome, changes, dismiss } = useDesk();
  useEffect(() => {
    if (!outcome?.ok) return;
    const timer = setTimeout(dismiss, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome, dismiss]);
  return (
    <div className={css.place}>
      <div role="status">{outcome?.ok && <Line key={changes} reply={outcome} />}</div>
      <div role="alert">{outcome && !outcome.ok && <Line reply={outcome} />}</div>
    </div>
  );
}

function Line({ reply }: { reply: Reply }) {
  const { t } = useTranslation();
  const { dismiss } = useDesk();
  const textOf = useReplyText();
  return (
    <div className={reply.ok ? css.done : css.refused}>
      <p>{textOf(reply)}</p>
      <Button look="quiet" small onClick={dismiss}>
        {t("page.close")}
      </Button>
    </div>
  );
}
