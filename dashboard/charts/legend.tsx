import { useTranslation } from "react-i18next";
import { colourOf, heightOf, type Look } from "../view/kinds.ts";
import { Hatch, useHatch } from "./hatch.tsx";
import css from "./legend.module.css";

export interface LegendEntry {
  look: Look | "missing" | "pending" | "planned";
  name: string;
}

const SIZE = 14;

/** What the shapes of a chart stand for, drawn as they are drawn there. */
export function Legend({ entries, flat = false }: { entries: LegendEntry[]; flat?: boolean }) {
  const { t } = useTranslation();
  return (
    <ul className={css.legend} aria-label={t("day.legend")}>
      {entries.map((entry) => (
        <li key={entry.look}>
          <Swatch look={entry.look} flat={flat} />
          {entry.name}
        </li>
      ))}
    </ul>
  );
}

function Swatch({ look, flat }: { look: LegendEntry["look"]; flat: boolean }) {
  const hatch = useHatch();
  if (look === "missing" || look === "pending" || look === "planned")
    return (
      <svg width={SIZE} height={SIZE} aria-hidden="true">
        {look === "missing" && <Hatch id={hatch.id} />}
        <rect
          x="0.5"
          y={look === "planned" ? 4.5 : 0.5}
          width={SIZE - 1}
          height={look === "planned" ? 5 : SIZE - 1}
          fill={look === "missing" ? hatch.fill : look === "planned" ? "var(--sunk)" : "none"}
          stroke="var(--missing)"
          strokeDasharray={look === "planned" ? undefined : "3 2"}
        />
      </svg>
    );
  const height = Math.round((flat ? 1 : heightOf(look)) * SIZE);
  return (
    <svg width={SIZE} height={SIZE} aria-hidden="true">
      <rect y={SIZE - height} width={SIZE} height={height} rx="2" fill={colourOf(look)} />
    </svg>
  );
}
