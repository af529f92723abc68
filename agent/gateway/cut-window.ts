import type { Range } from "./event-table.ts";
import type { Stretch } from "./merge-heartbeat.ts";

/**
 * What is left of a stretch when a window `[from, to)` is taken out of it: itself, the very object, when it does not
 * touch the window; else one or two pieces, or nothing. A stretch without length goes when it lies inside.
 */
export function cutWindow<Part extends Stretch>(part: Part, { from, to }: Range): Part[] {
  const { start, duration } = part;
  const end = start + duration;
  if (duration === 0 ? start < from || start >= to : end <= from || start >= to) return [part];
  const pieces: Part[] = [];
  if (start < from) pieces.push({ ...part, duration: from - start });
  if (end > to) pieces.push({ ...part, start: to, duration: end - to });
  return pieces;
}
