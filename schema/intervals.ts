import type { Interval } from "./time.ts";

/** The union of intervals as disjoint intervals in order; empty ones vanish, touching ones fuse. */
export function unionOf(intervals: readonly Interval[], closeGap = 0): Interval[] {
  const ordered = intervals.filter((i) => i.end > i.start).sort((a, b) => a.start - b.start);
  const result: Interval[] = [];
  for (const { start, end } of ordered) {
    const last = result.at(-1);
    if (last && start <= last.end + closeGap) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}

/** Each interval cut to a window; what lies outside vanishes. */
export function clipTo(window: Interval, intervals: readonly Interval[]): Interval[] {
  return intervals
    .map(({ start, end }) => ({
      start: Math.max(start, window.start),
      end: Math.min(end, window.end),
    }))
    .filter((i) => i.end > i.start);
}

/** The parts of `from` that no interval of `taken` covers, in order. */
export function subtract(from: readonly Interval[], taken: readonly Interval[]): Interval[] {
  const holes = unionOf(taken);
  return unionOf(from).flatMap((piece) => {
    const kept: Interval[] = [];
    let cursor = piece.start;
    for (const hole of holes) {
      if (hole.end <= cursor) continue;
      if (hole.start >= piece.end) break;
      if (hole.start > cursor) kept.push({ start: cursor, end: hole.start });
      cursor = hole.end;
    }
    if (cursor < piece.end) kept.push({ start: cursor, end: piece.end });
    return kept;
  });
}

/** The parts covered by both lists, in order. */
export function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const right = unionOf(b);
  return unionOf(a).flatMap((piece) => clipTo(piece, right));
}

/** Total length in milliseconds of the union of the intervals. */
export function lengthOf(intervals: readonly Interval[]): number {
  return unionOf(intervals).reduce((sum, i) => sum + i.end - i.start, 0);
}
