import { type SimulatedDay, simulateDay } from "#agent/simulator/simulate-day";
import { demoZone, planShift } from "#schema/demo-site";
import { addDays, localDateOf, millisecondsOf } from "#schema/time";

/** How often a running agent seals what it has, unless told otherwise. */
const SEAL_EVERY_MS = 15_000;

/** The shift a simulated person began so many days ago; null on a day off. */
export function simulateShift(person: number, daysAgo: number, now: number): SimulatedDay | null {
  const date = addDays(localDateOf(now, demoZone), -daysAgo);
  const shift = planShift(person, date);
  return shift && simulateDay({ seed: "bench", person, date, zone: demoZone, shift });
}

/** A shift cut as a running agent seals it: what ended within the same 15 seconds goes together. */
export function cutAsSealed({ spans, marks }: SimulatedDay): (SimulatedDay & { at: number })[] {
  const slots = new Map<number, SimulatedDay & { at: number }>();
  const slotOf = (time: string) => {
    const at = Math.ceil(millisecondsOf(time) / SEAL_EVERY_MS) * SEAL_EVERY_MS;
    const slot = slots.get(at) ?? { at, spans: [], marks: [] };
    slots.set(at, slot);
    return slot;
  };
  for (const span of spans) slotOf(span.end).spans.push(span);
  for (const mark of marks) slotOf(mark.until ?? mark.at).marks.push(mark);
  return [...slots.values()].sort((a, b) => a.at - b.at);
}
