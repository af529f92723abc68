import { type FromSimulator, type ToSimulator, toSimulator } from "#schema/demo-control";
import { demoPeople } from "#schema/demo-site";
import { type DemoAgent, openDemoAgent, readSiteId } from "./demo-agent.ts";
import { cutAtMidnights, earliestOf, layHistory } from "./lay-history.ts";
import { createLive } from "./live.ts";

const SEED = "etabli";
const TICK_MS = 2_000;

const agents: DemoAgent[] = [];
let ticker: NodeJS.Timeout | undefined;
let isLeaving = false;

async function go({ url, token, folder, days }: ToSimulator): Promise<void> {
  const siteId = await readSiteId(url);
  for (const person of demoPeople.keys())
    agents.push(await openDemoAgent({ url, token, folder }, siteId, SEED, person));
  const now = Date.now();
  const earliest = earliestOf(now, days);
  const total = agents.reduce((sum, agent) => {
    const from = Math.max(agent.through() ?? earliest, earliest);
    return sum + cutAtMidnights(from, now).length;
  }, 0);
  let done = 0;
  tell({ type: "progress", done, total });
  const onDay = () => tell({ type: "progress", done: ++done, total });
  await Promise.all(agents.map((agent) => layHistory(agent, now, days, onDay)));
  tell({ type: "history-done" });
  const lives = agents.map((agent) => createLive(agent, now));
  ticker = setInterval(() => {
    for (const live of lives) live(Date.now());
  }, TICK_MS);
}

async function leave(code: number): Promise<void> {
  if (isLeaving) return;
  isLeaving = true;
  clearInterval(ticker);
  await Promise.allSettled(agents.map((agent) => agent.close()));
  process.exit(code);
}

function tell(message: FromSimulator): void {
  if (process.connected) process.send?.(message);
}

process.once("message", (message) => {
  go(toSimulator.parse(message)).catch(async (error: unknown) => {
    tell({ type: "failed", message: error instanceof Error ? error.message : String(error) });
    await leave(1);
  });
});
process.once("disconnect", () => leave(0));
process.once("SIGTERM", () => leave(0));
process.once("SIGINT", () => leave(0));
