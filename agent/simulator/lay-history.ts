import { demoZone } from "#schema/demo-site";
import { addDays, dayInterval, localDateOf } from "#schema/time";
import type { DemoAgent } from "./demo-agent.ts";

/** Sending is late by no more than this, so the oldest day is still taken when it arrives after midnight. */
const LATENESS_MS = 600_000;

/** The first instant the demonstration shows: the start of the local day so many days before today. */
export function earliestOf(now: number, days: number): number {
  return dayInterval(addDays(localDateOf(now + LATENESS_MS, demoZone), -days), demoZone).start;
}

/** Where to cut from one instant to another: at each local midnight in between, and at the end. */
export function cutAtMidnights(from: number, to: number): number[] {
  const cuts: number[] = [];
  for (let at = from; at < to; ) {
    at = Math.min(to, dayInterval(localDateOf(at, demoZone), demoZone).end);
    cuts.push(at);
  }
  return cuts;
}

/**
 * Records and sends what one person has done since their record ends, or since `days` days ago, until now: a local
 * day at a time, the next only when the site has the former.
 */
export async function layHistory(
  agent: DemoAgent,
  now: number,
  days: number,
  onDay: () => void,
): Promise<void> {
  const earliest = earliestOf(now, days);
  let from = Math.max(agent.through() ?? earliest, earliest);
  for (const to of cutAtMidnights(from, now)) {
    agent.record(agent.timeline.between(from, to, earliest), to, now);
    from = to;
    await agent.flushed();
    onDay();
  }
}
