import { useTranslation } from "react-i18next";
import type { Comparison } from "#agent/control/held";
import { Notice } from "../components/notice.tsx";

/** Sums a comparison up in one sentence. */
export function ComparisonNotice({ comparison }: { comparison: readonly Comparison[] }) {
  const { t } = useTranslation();
  const all = comparison.length;
  const count = comparison.filter(({ same }) => !same).length;
  if (count === 0) return <Notice tone="good" title={t("left.allSame", { count: all })} />;
  const isOnlyEvents = comparison.every(({ sha256, siteSha256 }) => sha256 === siteSha256);
  return (
    <Notice tone="problem" title={t("left.notSame", { count, all })}>
      {isOnlyEvents && <p>{t("left.eventsDifferText")}</p>}
    </Notice>
  );
}
