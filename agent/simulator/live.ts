import type { DemoAgent } from "./demo-agent.ts";
import type { Recorded } from "./timeline.ts";

/** At least this often somebody at work has something to show, if only the tool still in front. */
const SHOW_EVERY_MS = 6_000;

/** Gives what an agent should record now. Work that has ended is recorded at once, a tool in front piece by piece. */
export function createLive(agent: DemoAgent, from: number) {
  let through = from;
  return (now: number): void => {
    const found = agent.timeline.between(through, now);
    const isOff = found.spans.length === 0 && found.marks.length === 0;
    if (isOff) through = now;
    else if (hasEnded(found) || now - through >= SHOW_EVERY_MS) {
      agent.record(found, now, now);
      through = now;
    }
  };
}

function hasEnded({ spans, marks }: Recorded): boolean {
  return marks.length > 0 || spans.some((span) => span.kind !== "focus");
}
