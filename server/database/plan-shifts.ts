import { DAY_MS } from "#schema/time";
import type { Refused, StoredShift } from "./shift.ts";

/** What an import of planned hours does: what to write, what is there already, what cannot be. */
export interface ShiftPlan {
  write: StoredShift[];
  unchanged: number;
  refused: Refused[];
}

interface Held extends StoredShift {
  line?: number;
}

/**
 * Decides line by line. The same person and start replaces; a shift that overlaps another one of its person is
 * refused, whether that one was there before or came on an earlier line.
 */
export function planShifts(
  existing: readonly StoredShift[],
  wanted: readonly (StoredShift & { line: number })[],
): ShiftPlan {
  const held = new Map<string, Held[]>();
  const hold = (shift: Held) => {
    const key = bucketOf(shift.person, shift.start);
    held.set(key, [...(held.get(key) ?? []), shift]);
  };
  for (const shift of existing) hold(shift);
  const plan: ShiftPlan = { write: [], unchanged: 0, refused: [] };
  for (const shift of wanted) {
    // No shift lasts more than a day, so one that overlaps starts on the day before, the same or the next.
    const near = [-DAY_MS, 0, DAY_MS].flatMap(
      (away) => held.get(bucketOf(shift.person, shift.start + away)) ?? [],
    );
    const same = near.find((other) => other.start === shift.start);
    const overlapped = near.find(
      (other) => other !== same && other.start < shift.end && other.end > shift.start,
    );
    if (same?.line !== undefined) {
      plan.refused.push({ line: shift.line, reason: `starts as line ${same.line} does` });
    } else if (overlapped) {
      const other = overlapped.line === undefined ? "a stored shift" : `line ${overlapped.line}`;
      plan.refused.push({ line: shift.line, reason: `overlaps ${other} of the same person` });
    } else {
      if (same && JSON.stringify(contentOf(same)) === JSON.stringify(contentOf(shift)))
        plan.unchanged++;
      else plan.write.push(shift);
      const key = bucketOf(shift.person, shift.start);
      held.set(
        key,
        (held.get(key) ?? []).filter((other) => other !== same),
      );
      hold(shift);
    }
  }
  return plan;
}

function bucketOf(person: string, at: number): string {
  return `${person} ${Math.floor(at / DAY_MS)}`;
}

function contentOf(shift: StoredShift) {
  return [shift.end, shift.breaks.map((pause) => [pause.start, pause.end])];
}
