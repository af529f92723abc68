import type { TFunction } from "i18next";
import { nameOfTool } from "../../view/tool-name.ts";
import type { TimelineLayout } from "./lay-out.ts";
import css from "./timeline.module.css";

export interface RowName {
  id: string;
  name: string;
  /** Px from the top of the drawing to the row, and the row's height. */
  top: number;
  height: number;
  layer: boolean;
}

/** The names of the rows that are drawn, from top to bottom. */
export function rowNames(layout: TimelineLayout, t: TFunction): RowName[] {
  const { plan, marks, work, tools } = layout;
  const named = (
    row: { id: string; top: number; height: number },
    name: string,
    layer: boolean,
  ) => ({
    id: row.id,
    top: row.top,
    height: row.height,
    name,
    layer,
  });
  return [
    ...(plan.shapes.length > 0 ? [named(plan, t("day.timeline.plan"), true)] : []),
    ...(marks ? [named(marks, t("day.timeline.marks"), true)] : []),
    named(work, t("day.timeline.work"), true),
    ...tools.map((row) => named(row, nameOfTool(row.id, t), false)),
  ];
}

/** The names beside the drawing, or, where it is narrow, above each row and still while it scrolls. */
export function RowNames({ names, height, above = false }: RowNamesProps) {
  return (
    <svg className={above ? css.namesAbove : css.names} height={height} aria-hidden="true">
      {names.map((row) => (
        <text
          key={row.id}
          className={row.layer ? css.layerName : css.rowName}
          x={0}
          y={above ? row.top - 6 : row.top + Math.min(row.height, 24) / 2 + 4}
        >
          {row.name}
        </text>
      ))}
    </svg>
  );
}

interface RowNamesProps {
  names: readonly RowName[];
  height: number;
  above?: boolean;
}
