import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Comparison, Mirrored } from "#agent/control/held";
import { Button } from "../components/button.tsx";
import { Table } from "../components/table.tsx";
import { useLanguage } from "../text/language.ts";
import { formatSize, formatWhen } from "../view/clock.ts";
import css from "./left.module.css";
import { SentDialog } from "./sent-dialog.tsx";

interface MirrorTableProps {
  mirror: readonly Mirrored[];
  comparison: readonly Comparison[];
  now: string;
}

/** Each batch that left: its number, hash and size, its very bytes on demand, and what the site has of it. */
export function MirrorTable({ mirror, comparison, now }: MirrorTableProps) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const [shown, setShown] = useState<Mirrored | null>(null);
  const comparedOf = ({ epoch, seq }: Mirrored) =>
    comparison.find((entry) => entry.epoch === epoch && entry.seq === seq);
  return (
    <>
      <Table
        caption={t("left.batches")}
        rows={mirror}
        keyOf={({ epoch, seq }) => `${epoch}/${seq}`}
        tall
        columns={[
          { key: "batch", title: t("left.batch"), cell: ({ seq }) => t("waiting.batch", { seq }) },
          {
            key: "taken",
            title: t("left.taken"),
            cell: ({ takenAt }) => formatWhen(takenAt, now, language, true),
          },
          {
            key: "size",
            title: t("left.size"),
            cell: ({ events, bytes }) =>
              `${t("waiting.count", { count: events })}, ${formatSize(bytes, language)}`,
          },
          {
            key: "sha",
            title: t("left.sha"),
            cell: ({ sha256 }) => <code className={css.sha}>{sha256}</code>,
          },
          ...(comparison.length > 0
            ? [
                {
                  key: "site",
                  title: t("left.site"),
                  cell: (batch: Mirrored) => <AtTheSite compared={comparedOf(batch)} />,
                },
              ]
            : []),
          {
            key: "show",
            title: t("left.content"),
            cell: (batch) => (
              <Button
                small
                aria-label={t("left.showBatch", { seq: batch.seq })}
                onClick={() => setShown(batch)}
              >
                {t("left.showShort")}
              </Button>
            ),
          },
        ]}
      />
      {shown && <SentDialog batch={shown} onClose={() => setShown(null)} />}
    </>
  );
}

/** What the site has of one batch. */
function AtTheSite({ compared }: { compared: Comparison | undefined }) {
  const { t } = useTranslation();
  if (!compared) return t("left.notCompared");
  const { same, siteSha256, sha256, events, eventsSame } = compared;
  if (same) return <span className={css.same}>{t("left.same")}</span>;
  const text =
    siteSha256 === null
      ? t("left.missing")
      : siteSha256 === sha256
        ? t("left.eventsDiffer", { same: eventsSame, all: events })
        : t("left.differs");
  return <span className={css.differs}>{text}</span>;
}
