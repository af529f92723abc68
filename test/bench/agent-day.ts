import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { controlAddress } from "#agent/control/address";
import { readToken } from "#agent/desk/token";
import type { Benchmark } from "./benchmark.ts";
import { type Taken, takenFigures, takenNames } from "./desk/agent-figures.ts";
import { checkDay, countSpans } from "./desk/check-day.ts";
import type { DayOrder } from "./desk/day-order.ts";
import { type EnrolledDesk, withEnrolledDesk } from "./desk/enrolled-desk.ts";
import { fastTimeOf, type Pace, realNow, realTimeOf } from "./desk/fast-clock.ts";
import { planDay, type Step } from "./desk/plan-day.ts";
import { playDay } from "./desk/play-day.ts";
import { readUsage } from "./desk/process-usage.ts";
import { waitUntilRecording } from "./desk/wait-until-recording.ts";
import { bundleChild } from "./process/bundle-child.ts";
import { runAgentProgram } from "./process/run-agent.ts";

const HOUR_MS = 3_600_000;
const HOURS = 8;
/** Eight hours in four minutes. */
const SPEED = 120;
/** The day is over when it begins, so that the site has nothing of it to refuse as still to come. */
const AGO_MS = 10 * HOUR_MS;
/** Until the agent is connected and V8 has given back what the start took (8 s of rest); only then is the clock fast. */
const START_MS = 12_000;
/** Until the last thing of the day is sealed and sent. */
const LAST_SEAL_MS = 60_000;

const childProgram = new URL("./desk/agent-day-child.ts", import.meta.url);
const page = fileURLToPath(new URL("../../dist/desk", import.meta.url));

/** What the agent takes of the workstation over a working day. */
export const measureAgentDay: Benchmark = {
  names: takenNames("agent-day"),
  about:
    `what the agent takes over a simulated shift of ${HOURS} h (about 500 window changes, 60 contacts), ` +
    `by a clock ${SPEED} times as fast, with real windows and a real site: processor, memory, disk, network`,
  stores: "embedded",
  async measure(kind, tell) {
    const steps = planDay();
    const { program, remove } = await bundleChild(childProgram);
    try {
      const measured = await withEnrolledDesk(kind, tell, (desk) =>
        liveThroughDay(program, desk, steps, tell),
      );
      if (!measured) return [];
      const { result, stored } = measured;
      checkDay(steps, stored);
      const events = stored.spans.length + stored.marks;
      tell(
        `the site holds all ${events} events, ${countSpans(stored, "focus")} of them windows, in ${stored.batches} batches`,
      );
      return takenFigures("agent-day", kind, { ...result, events });
    } finally {
      remove();
    }
  },
};

async function liveThroughDay(
  program: string,
  { folder, desktop, wire, env }: EnrolledDesk,
  steps: readonly Step[],
  tell: (line: string) => void,
): Promise<Omit<Taken, "events">> {
  const before = wire.traffic();
  const startedAt = realNow();
  const pace: Pace = {
    from: startedAt - AGO_MS,
    fastFrom: startedAt + START_MS,
    speed: SPEED,
  };
  const order: DayOrder = { folder, page, pace };
  const words = [JSON.stringify(order)];
  const agent = await runAgentProgram({ program, words, env, tell });
  try {
    const address = controlAddress(folder);
    const desk = await waitUntilRecording(address);
    const begin = Math.max(pace.from, fastTimeOf(pace, realNow()));
    const seconds = (START_MS + (HOURS * HOUR_MS) / SPEED) / 1000;
    tell(`playing ${steps.length} steps in ${seconds} s`);
    const doors = { desktop, address, desk, token: readToken(folder) ?? "" };
    await playDay(steps, (at) => realTimeOf(pace, begin + at), doors);
    const end = Math.max(begin + HOURS * HOUR_MS, fastTimeOf(pace, realNow())) + LAST_SEAL_MS;
    await wait(realTimeOf(pace, end) - realNow());
    const usage = readUsage(agent.pid);
    const { sent, received } = wire.traffic();
    const endedAt = realNow();
    await agent.stop();
    const lost = agent.countSaid("not connected");
    if (lost > 0) tell(`the connection was lost ${lost} times: the machine is too busy for this`);
    return {
      hours: (fastTimeOf(pace, endedAt) - fastTimeOf(pace, startedAt)) / HOUR_MS,
      usage,
      traffic: { sent: sent - before.sent, received: received - before.received },
      syncs: agent.countSyncs(startedAt, endedAt),
    };
  } finally {
    await agent.stop();
  }
}
