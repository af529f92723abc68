import type { Interval } from "#schema/time";
import { HOLE_CHANCE } from "./figures.ts";
import type { Random } from "./random.ts";
import type { WorkMark, WorkPiece } from "./work-log.ts";

/** On some days a stretch of 20 to 60 minutes in which the workstation was off; else null. */
export function drawHole(within: Interval, random: Random): Interval | null {
  const minutes = Math.round(random.between(20, 60));
  const start = Math.round(random.between(within.start, within.end - minutes * 60_000) / 1000);
  return random.chance(HOLE_CHANCE)
    ? { start: start * 1000, end: start * 1000 + minutes * 60_000 }
    : null;
}

/** What a workstation records that is off for a while: what runs into the hole is cut there and says so. */
export function cutOut(hole: Interval, pieces: readonly WorkPiece[]): WorkPiece[] {
  return pieces.flatMap((piece) => {
    if (piece.end <= hole.start || piece.start >= hole.end) return [piece];
    const before = { ...piece, end: hole.start, truncated: true };
    const after = { ...piece, start: hole.end };
    return [before, after].filter((part) => part.end > part.start);
  });
}

/** Marks made outside the hole; what was to end inside it stays open. */
export function marksOutside(hole: Interval, marks: readonly WorkMark[]): WorkMark[] {
  const inside = (at: number) => at >= hole.start && at < hole.end;
  return marks
    .filter((mark) => !inside(mark.at))
    .map(({ until, ...mark }) =>
      until === undefined || inside(until) ? mark : { ...mark, until },
    );
}
