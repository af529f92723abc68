import { useTranslation } from "react-i18next";
import type { Held } from "#agent/control/held";
import { Card } from "../components/card.tsx";
import { SealedText } from "../components/sealed-text.tsx";
import { useLanguage } from "../text/language.ts";
import { formatSize, formatWhen } from "../view/clock.ts";
import css from "./waiting.module.css";

/** The batches that wait, in the very characters in which they will leave. */
export function SealedBatches({ batches, now }: { batches: Held["batches"]; now: string }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return (
    <Card title={t("waiting.batches")} text={t("waiting.batchesText")}>
      {batches.length === 0 && <p className={css.soft}>{t("waiting.noBatches")}</p>}
      {batches.map(({ epoch, seq, sealedAt, sent, events, bytes, text, sha256 }) => (
        <details key={`${epoch}/${seq}`} className={css.batch}>
          <summary>
            <span className={css.batchName}>{t("waiting.batch", { seq })}</span>{" "}
            <span className={css.soft}>
              {[
                t("waiting.sealedAt", { time: formatWhen(sealedAt, now, language, true) }),
                t("waiting.count", { count: events }),
                formatSize(bytes, language),
                t(sent ? "waiting.sent" : "waiting.notSent"),
              ].join(" · ")}
            </span>
          </summary>
          <SealedText text={text} sha256={sha256} />
        </details>
      ))}
    </Card>
  );
}
