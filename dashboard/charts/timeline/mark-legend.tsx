import { useTranslation } from "react-i18next";
import type { DayMark } from "../../view/timed-day.ts";
import css from "../legend.module.css";
import { MarkSymbol } from "./mark-symbol.tsx";

/** What the symbols of the marks stand for; only those that are there. */
export function MarkLegend({ marks }: { marks: readonly DayMark[] }) {
  const { t } = useTranslation();
  const kinds = [...new Set(marks.map((mark) => mark.kind))].sort();
  if (kinds.length === 0) return null;
  return (
    <ul className={css.legend} aria-label={t("day.timeline.marks")}>
      {kinds.map((kind) => (
        <li key={kind}>
          <svg width="16" height="16" aria-hidden="true">
            <MarkSymbol kind={kind} />
          </svg>
          {t(`kinds.marks.${kind}`)}
        </li>
      ))}
    </ul>
  );
}
