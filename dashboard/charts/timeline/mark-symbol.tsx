import type { DayMark } from "../../view/timed-day.ts";

/** Paths on a 16 px square; each kind has its own shape. */
const paths: Record<DayMark["kind"], string> = {
  interrupt: "M9 1.5 4 9h3.2L6.5 14.5 12 6.5H8.6z",
  deadline: "M4 14.5V2h8l-2.2 3L12 8H4",
  priority_conflict: "M8 1.5 14.5 8 8 14.5 1.5 8z",
  difficult_contact: "M8 2 14.5 13.5h-13z",
  off_script: "M2 8c2-6 4 6 6 0s4 6 6 0",
  help_request: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M8 5v6M5 8h6",
  training_cancelled: "M3 3l10 10M13 3 3 13",
};

const filled: ReadonlySet<DayMark["kind"]> = new Set([
  "interrupt",
  "priority_conflict",
  "difficult_contact",
]);

/** The symbol of a mark, with its top left corner at (x, y). */
export function MarkSymbol({
  kind,
  x = 0,
  y = 0,
}: {
  kind: DayMark["kind"];
  x?: number;
  y?: number;
}) {
  return (
    <path
      d={paths[kind]}
      transform={`translate(${x} ${y})`}
      fill={filled.has(kind) ? "var(--ink)" : "none"}
      stroke="var(--ink)"
      strokeWidth={filled.has(kind) ? 0 : 1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  );
}
