import { useTranslation } from "react-i18next";
import type { DeletionPreview } from "../view/held-events.ts";
import css from "./waiting.module.css";

/** What a deletion would do, in sentences. */
export function DeletionEffect({ preview }: { preview: DeletionPreview }) {
  const { t } = useTranslation();
  const { whole, cut, sent, underWay, isPartial } = preview;
  const doesSomething = whole.length + cut.length > 0;
  return (
    <div className={css.effect}>
      <p>
        {t("waiting.removes", { count: whole.length })}{" "}
        {cut.length > 0 && t("waiting.cuts", { count: cut.length })}
      </p>
      {sent.length > 0 && <p>{t("waiting.sentInside", { count: sent.length })}</p>}
      {isPartial && <p>{t("waiting.mayBeMore")}</p>}
      {doesSomething && underWay && <p>{t("waiting.underWayInside")}</p>}
    </div>
  );
}
