import type { StoredSpan } from "#schema/activity";
import { millisecondsOf } from "#schema/time";

/** What the store holds after a replay. */
export interface ReplayReport {
  spans: number;
  people: number;
  /** Sum of durations, two decimals. */
  hours: number;
  /** By label; mean (one decimal) and median in seconds. Most frequent first. */
  byLabel: Record<string, { count: number; mean: number; median: number }>;
  zeroLength: number;
  /** Consecutive spans of a person, ordered by start then end, where the next starts before the former ends. */
  overlaps: number;
}

/** What stands for spans without a label. */
const UNLABELLED = "(none)";

/** Sums up the spans of each person. */
export function summarise(people: readonly (readonly StoredSpan[])[]): ReplayReport {
  const timed = people.map((spans) =>
    spans.map((span) => ({
      label: span.label ?? UNLABELLED,
      start: millisecondsOf(span.start),
      end: millisecondsOf(span.end),
    })),
  );
  const all = timed.flat();
  const lengths = all.map((span) => span.end - span.start);
  const labels = new Map<string, number[]>();
  for (const span of all) {
    const own = labels.get(span.label) ?? [];
    own.push((span.end - span.start) / 1000);
    labels.set(span.label, own);
  }
  return {
    spans: all.length,
    people: timed.filter((spans) => spans.length > 0).length,
    hours: round(sum(lengths) / 3_600_000, 2),
    byLabel: Object.fromEntries(
      [...labels.entries()]
        .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
        .map(([label, seconds]) => [
          label,
          {
            count: seconds.length,
            mean: round(sum(seconds) / seconds.length, 1),
            median: round(medianOf(seconds), 3),
          },
        ]),
    ),
    zeroLength: lengths.filter((length) => length === 0).length,
    overlaps: sum(timed.map(countOverlaps)),
  };
}

function countOverlaps(spans: readonly { start: number; end: number }[]): number {
  const ordered = [...spans].sort((a, b) => a.start - b.start || a.end - b.end);
  return ordered.filter((span, i) => span.start < (ordered[i - 1]?.end ?? span.start)).length;
}

function medianOf(values: readonly number[]): number {
  const ordered = [...values].sort((a, b) => a - b);
  const middle = ordered.length / 2;
  const upper = ordered[Math.floor(middle)] ?? 0;
  return Number.isInteger(middle) ? ((ordered[middle - 1] ?? 0) + upper) / 2 : upper;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function round(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}

/** The report as a table for a terminal. */
export function formatReport(report: ReplayReport): string {
  const rows = [
    ["label", "count", "mean s", "median s"],
    ...Object.entries(report.byLabel).map(([label, { count, mean, median }]) => [
      label,
      String(count),
      mean.toFixed(1),
      String(median),
    ]),
  ];
  const widths = [0, 1, 2, 3].map((i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const table = rows.map((row) =>
    row
      .map((text, i) => (i === 0 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0)))
      .join("  "),
  );
  return [
    `${report.spans} spans of ${report.people} people, ${report.hours.toFixed(2)} hours`,
    "",
    ...table,
    "",
    `${report.zeroLength} of zero length, ${report.overlaps} overlaps`,
    "",
  ].join("\n");
}
