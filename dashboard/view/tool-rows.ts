import { knownCategories } from "#schema/application-category";
import type { DaySpan } from "./timed-day.ts";

export interface ToolRow {
  category: string;
  spans: DaySpan[];
}

/** The focus spans by application category, in a fixed order so that rows do not jump as time is added. */
export function groupTools(tools: readonly DaySpan[]): ToolRow[] {
  const rows = new Map<string, DaySpan[]>();
  for (const span of tools) {
    const category = span.label ?? "other";
    const row = rows.get(category);
    if (row) row.push(span);
    else rows.set(category, [span]);
  }
  return [...rows]
    .map(([category, spans]) => ({ category, spans }))
    .sort(
      (a, b) => placeOf(a.category) - placeOf(b.category) || (a.category < b.category ? -1 : 1),
    );
}

// The charter's own order would need the charter; this is the order of the default one, others last.
function placeOf(category: string): number {
  const order: readonly string[] = knownCategories;
  const place = order.indexOf(category);
  return place === -1 ? order.length : place;
}
