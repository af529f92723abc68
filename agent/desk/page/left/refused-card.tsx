import { useTranslation } from "react-i18next";
import type { Reply } from "#agent/control/messages";
import { useReply } from "../api/use-reply.ts";
import { Card } from "../components/card.tsx";
import { SealedText } from "../components/sealed-text.tsx";
import css from "./left.module.css";

type Refused = NonNullable<Extract<Reply, { ok: true }>["refused"]>[number];

/** What the site did not take, with its reasons. @param count how many there are, so that the list is read anew */
export function RefusedCard({ count }: { count: number }) {
  const { t } = useTranslation();
  const { reply } = useReply({ command: "refused" }, count);
  const refused = reply?.ok ? (reply.refused ?? []) : [];
  return (
    <Card title={t("left.refused")} text={refused.length > 0 ? t("left.refusedText") : undefined}>
      {reply?.ok && refused.length === 0 && <p className={css.soft}>{t("left.noRefused")}</p>}
      {refused.length > 0 && (
        <ul className={css.refused}>
          {refused.map((batch) => (
            <RefusedBatch key={`${batch.epoch}/${batch.seq}`} batch={batch} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function RefusedBatch({ batch: { seq, ack, text } }: { batch: Refused }) {
  const { t } = useTranslation();
  const refusals = ack?.refusals ?? [];
  return (
    <li>
      <h4>{t("left.refusedBatch", { seq })}</h4>
      {refusals.map(({ path, reason }) => (
        <p key={path} className={css.reason} lang="en">
          {t("left.reason", { path, reason })}
        </p>
      ))}
      {refusals.length === 0 && (
        <p>{t(ack?.status === "conflict" ? "left.conflict" : "left.noReason")}</p>
      )}
      <details>
        <summary>{t("left.show")}</summary>
        <SealedText text={text} />
      </details>
    </li>
  );
}
