// The agent as `etabli run` has it, but for its clock: that of a simulated day.
import { readIdentity } from "#agent/identity";
import { runAgent } from "#agent/run";
import { readDesktop } from "#agent/sensors/desktop";
import { dayOrder } from "./day-order.ts";
import { makeFastClock } from "./fast-clock.ts";

const { folder, page, pace } = dayOrder.parse(JSON.parse(process.argv[2] ?? ""));
const say = (line: string) => void process.stderr.write(`${line}\n`);
const interrupted = new Promise<void>((resolve) => process.once("SIGTERM", () => resolve()));
const identity = readIdentity(folder);
if (!identity) throw new Error("The folder is not that of an enrolled agent.");
const agent = await runAgent({
  folder,
  identity,
  desktop: readDesktop(process.env, process.platform),
  sealEverySeconds: 15,
  deskPort: 0,
  gatewayPort: 0,
  page,
  clock: makeFastClock(pace),
  random: Math.random,
  say,
});
say(`running for ${identity.server}`);
await interrupted;
await agent.stop();
