import { simulateDay } from "#agent/simulator/simulate-day";
import type { Span } from "#schema/activity";
import { demoZone, planShift } from "#schema/demo-site";
import { addDays, localDateOf, millisecondsOf } from "#schema/time";

/**
 * Spans of yesterday, a list for each of so many simulated people who worked. Yesterday, because chunks of older days
 * are compressed and nothing may lie in the future.
 */
export function simulateYesterday(people: number, now: number): Span[][] {
  const date = addDays(localDateOf(now, demoZone), -1);
  const lists: Span[][] = [];
  for (let person = 0; lists.length < people; person++) {
    const shift = planShift(person, date);
    if (!shift) continue;
    const { spans } = simulateDay({ seed: "bench", person, date, zone: demoZone, shift });
    const ended = spans.filter((span) => millisecondsOf(span.end) <= now);
    if (ended.length > 0) lists.push(ended);
  }
  return lists;
}

/** The spans of batch number `seq` of a person, who goes through the same day again and again. */
export function spansOfBatch(day: readonly Span[], seq: number, size: number): Span[] {
  return Array.from({ length: size }, (_, index) => {
    const span = day[((seq - 1) * size + index) % day.length];
    if (!span) throw new Error("a day without spans");
    return span;
  });
}
