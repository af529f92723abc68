import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { controlAddress } from "#agent/control/address";
import { readToken } from "#agent/desk/token";
import type { Benchmark, Figure } from "./benchmark.ts";
import { type Taken, takenFigures, takenNames } from "./desk/agent-figures.ts";
import { type EnrolledDesk, withEnrolledDesk } from "./desk/enrolled-desk.ts";
import { measureLatencies } from "./desk/measure-latencies.ts";
import { postToDesk } from "./desk/play-day.ts";
import { readUsage } from "./desk/process-usage.ts";
import { waitUntilRecording } from "./desk/wait-until-recording.ts";
import { runAgentProgram } from "./process/run-agent.ts";
import { percentile } from "./statistics.ts";

/** V8 tidies up after the start as late as this, which is no part of what an hour costs. */
const WARM_UP_SECONDS = 30;
const SECONDS = 60;
const POLLED_SECONDS = 30;
/** Far more than a desk has, where a window stays for most of a minute: enough changes to time in a minute. */
const SWITCH_EVERY_MS = 2_000;

const program = fileURLToPath(new URL("../../dist/agent.js", import.meta.url));

/** What the agent takes of the workstation while windows change, and how soon it notices. */
export const measureAgentLive: Benchmark = {
  names: [
    ...takenNames("agent-live"),
    "agent-live-polled",
    "agent-live-latency-p50",
    "agent-live-latency-max",
  ],
  about:
    `what the running agent takes in ${SECONDS} s with another window in front every ${SWITCH_EVERY_MS / 1000} s, ` +
    `and with the desk page open (polled); time from the order to show a window to the start of its span`,
  stores: "embedded",
  async measure(kind, tell) {
    const measured = await withEnrolledDesk(kind, tell, (desk) => watchAgent(desk, tell));
    if (!measured) return [];
    const { taken, polled, switches } = measured.result;
    const latencies = measureLatencies(switches, measured.stored);
    const latency = (name: string, share: number): Figure => ({
      ...{ name: `agent-live-latency-${name}`, store: kind, unit: "ms", n: latencies.length },
      value: percentile(latencies, share),
    });
    return [
      ...takenFigures("agent-live", kind, { ...taken, events: latencies.length }),
      {
        ...{ name: "agent-live-polled", store: kind, unit: "% of a core", n: POLLED_SECONDS },
        value: polled,
      },
      latency("p50", 0.5),
      latency("max", 1),
    ];
  },
};

async function watchAgent(
  { folder, desktop, wire, env }: EnrolledDesk,
  tell: (line: string) => void,
) {
  const words = ["run", "--desk-port", "0", "--gateway-port", "0"];
  const agent = await runAgentProgram({ program, words, env, tell });
  try {
    const desk = await waitUntilRecording(controlAddress(folder));
    const token = readToken(folder) ?? "";
    let turn = 0;
    const switchFor = async (seconds: number): Promise<number[]> => {
      const from = Date.now();
      const times: number[] = [];
      for (let at = from; at < from + seconds * 1000; at += SWITCH_EVERY_MS) {
        await wait(Math.max(0, at - Date.now()));
        times.push(Date.now());
        await desktop.switchTo(turn++);
      }
      await wait(Math.max(0, from + seconds * 1000 - Date.now()));
      return times;
    };
    const spent = () => readUsage(agent.pid);

    await switchFor(WARM_UP_SECONDS);
    tell(`watching the agent for ${SECONDS} s`);
    const [from, before, wired] = [Date.now(), spent(), wire.traffic()];
    const switches = await switchFor(SECONDS);
    const [to, after, { sent, received }] = [Date.now(), spent(), wire.traffic()];

    const page = new AbortController();
    const polling = pollAsPage({ desk, token }, page.signal);
    await switchFor(POLLED_SECONDS);
    page.abort();
    await polling;
    const polled = spent().processorSeconds - after.processorSeconds;
    const polledSeconds = (Date.now() - to) / 1000;
    await agent.stop();

    const taken: Omit<Taken, "events"> = {
      hours: (to - from) / 3_600_000,
      usage: {
        processorSeconds: after.processorSeconds - before.processorSeconds,
        peakMegabytes: after.peakMegabytes,
        writtenBytes: after.writtenBytes - before.writtenBytes,
      },
      traffic: { sent: sent - wired.sent, received: received - wired.received },
      syncs: agent.countSyncs(from, to),
    };
    return { taken, polled: (100 * polled) / polledSeconds, switches };
  } finally {
    await agent.stop();
  }
}

/** What an open desk page asks: the status once a second. */
async function pollAsPage(
  door: { desk: string; token: string },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const response = await postToDesk(door, "api/command", { command: "status" });
    if (!response.ok) throw new Error(`the desk page was answered ${response.status}`);
    await wait(1000);
  }
}
