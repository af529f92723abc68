import { useTranslation } from "react-i18next";
import type { Held } from "#agent/control/held";
import { Button } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { Table } from "../components/table.tsx";
import { useLanguage } from "../text/language.ts";
import { useEventWords } from "../text/use-event-words.ts";
import { useNames } from "../text/use-names.ts";
import { formatWhen } from "../view/clock.ts";
import { isCorrectable } from "../view/correction.ts";
import { listWaiting, type WaitingEvent } from "../view/held-events.ts";
import css from "./waiting.module.css";

interface WaitingEventsProps {
  held: Held;
  now: string;
  onAgain: () => void;
  onCorrect: (event: WaitingEvent) => void;
}

/** Every event that waits, in words, and what is still under way. */
export function WaitingEvents({ held, now, onAgain, onCorrect }: WaitingEventsProps) {
  const { t } = useTranslation();
  const wordsOf = useEventWords(now);
  const leavesWhen = useLeaving(now);
  const rows = listWaiting(held);
  return (
    <Card
      title={t("waiting.events")}
      text={t("waiting.eventsText")}
      aside={
        <Button small onClick={onAgain}>
          {t("page.again")}
        </Button>
      }
    >
      <UnderWay held={held} now={now} />
      {rows.length === 0 && <p className={css.soft}>{t("waiting.empty")}</p>}
      {rows.length > 0 && (
        <Table
          caption={t("waiting.events")}
          rows={rows}
          keyOf={({ id }) => id}
          tall
          columns={[
            { key: "time", title: t("waiting.time"), cell: (event) => wordsOf(event).time },
            {
              key: "what",
              title: t("waiting.what"),
              cell: (event) => {
                const { what, details } = wordsOf(event);
                return (
                  <div className={css.what}>
                    <p>{what}</p>
                    {details && <p className={css.soft}>{details}</p>}
                  </div>
                );
              },
            },
            { key: "leaves", title: t("waiting.leaves"), cell: leavesWhen },
            {
              key: "change",
              title: t("waiting.actions"),
              cell: (event) =>
                isCorrectable(event.happening) &&
                event.place.kind !== "sent" && (
                  <Button
                    small
                    aria-label={t("waiting.correctWhat", { ...wordsOf(event) })}
                    onClick={() => onCorrect(event)}
                  >
                    {t("waiting.correct")}
                  </Button>
                ),
            },
          ]}
        />
      )}
      {held.truncated && <p className={css.soft}>{t("waiting.truncated")}</p>}
    </Card>
  );
}

/** Says when an event may leave. */
function useLeaving(now: string): (event: WaitingEvent) => string {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return ({ place, readyAt }) => {
    if (place.kind === "sent") return t("waiting.sent");
    if (place.kind === "sealed") return t("waiting.sealed", { seq: place.seq });
    if (readyAt === null || Date.parse(readyAt) <= Date.parse(now)) return t("waiting.ready");
    return t("waiting.leavesAt", { time: formatWhen(readyAt, now, language) });
  };
}

/** What goes on now, and will be an event once it ends. */
function UnderWay({ held, now }: { held: Held; now: string }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { toolName } = useNames();
  if (held.underWay.length === 0) return null;
  return (
    <div className={css.underWay}>
      <h4>{t("waiting.underWay")}</h4>
      <ul>
        {held.underWay.map(({ kind, label, start }) => {
          const name = kind === "focus" && label !== undefined ? toolName(label) : label;
          return (
            <li key={`${kind} ${start}`}>
              {[t(`kinds.work.${kind}`), name].filter(Boolean).join(" · ")},{" "}
              {formatWhen(start, now, language, true)} –
            </li>
          );
        })}
      </ul>
    </div>
  );
}
