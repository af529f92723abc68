import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { controlAddress } from "#agent/control/address";
import { sendCommand } from "#agent/control/send-command";
import { enrol } from "#agent/enrol";
import type { Benchmark } from "./benchmark.ts";
import { readProcessorSeconds, readResidentMegabytes } from "./desk/process-usage.ts";
import { openVirtualDesktop, type VirtualDesktop } from "./desk/virtual-desktop.ts";
import { prepareBenchSite } from "./site/enrol-workstations.ts";
import { makeFreshStore, withStore } from "./site/fresh-store.ts";
import { runServer } from "./site/run-server.ts";

const WARM_UP_SECONDS = 10;
const SECONDS = 30;
/** Busier than a desk is: there, a task changes every minute or so and a window every half minute. */
const TASK_EVERY = 10;
const WINDOW_EVERY = 5;

const program = fileURLToPath(new URL("../../dist/agent.js", import.meta.url));

/** What the agent takes of the workstation while it records and sends. */
export const measureAgent: Benchmark = {
  names: ["agent-rss", "agent-cpu"],
  about: `largest resident memory and share of one core of a running agent over ${SECONDS} s: a task every ${TASK_EVERY} s, another window every ${WINDOW_EVERY} s`,
  stores: "embedded",
  async measure(kind, tell) {
    if (process.platform !== "linux")
      throw new Error("agent-rss and agent-cpu need Linux's /proc.");
    const store = await makeFreshStore(kind);
    const folder = mkdtempSync(join(tmpdir(), "etabli-desk-"));
    const desktop = await openVirtualDesktop(["Firefox", "Thunderbird", "Slack"]);
    if (!desktop)
      tell("no Xvfb, openbox, xterm and xdotool here: no window is in front of the agent");
    try {
      const { token, names } = await withStore(store.location, (open) => prepareBenchSite(open, 1));
      const server = await runServer(store);
      try {
        await enrol({ server: server.url, code: token, person: names[0] ?? "", folder });
        tell(`watching the agent for ${SECONDS} s`);
        const { megabytes, share } = await watchAgent(folder, desktop);
        return [
          {
            name: "agent-rss",
            store: kind,
            value: Math.max(...megabytes),
            unit: "MB",
            n: megabytes.length,
          },
          { name: "agent-cpu", store: kind, value: 100 * share, unit: "% of a core", n: SECONDS },
        ];
      } finally {
        await server.stop();
      }
    } finally {
      desktop?.close();
      rmSync(folder, { recursive: true, force: true });
      await store.drop();
    }
  },
};

async function watchAgent(folder: string, desktop: VirtualDesktop | null) {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, XDG_SESSION_TYPE: ___, ...env } = process.env;
  const agent = spawn(process.execPath, [program, "run"], {
    env: { ...env, ETABLI_AGENT_HOME: folder, ...(desktop && { DISPLAY: desktop.display }) },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const exit = once(agent, "exit");
  try {
    const pid = await waitUntilRunning(agent);
    const address = controlAddress(folder);
    const megabytes: number[] = [];
    let before = 0;
    for (let second = 0; second < WARM_UP_SECONDS + SECONDS; second++) {
      if (second === WARM_UP_SECONDS) before = readProcessorSeconds(pid);
      if (second % TASK_EVERY === 0) {
        const kind = (second / TASK_EVERY) % 2 === 0 ? "contact" : "acw";
        const reply = await sendCommand(address, { command: "task-start", kind });
        if (!reply.ok) throw new Error(reply.message);
      }
      if (second % WINDOW_EVERY === 0) desktop?.showWindow(second / WINDOW_EVERY);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      if (second >= WARM_UP_SECONDS) megabytes.push(readResidentMegabytes(pid));
    }
    const share = (readProcessorSeconds(pid) - before) / SECONDS;
    await checkSent(address);
    return { megabytes, share };
  } finally {
    agent.kill("SIGTERM");
    await exit;
  }
}

async function waitUntilRunning(agent: ChildProcess): Promise<number> {
  let said = "";
  await new Promise<void>((resolve, reject) => {
    agent.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (said.includes("running for")) resolve();
    });
    agent.once("exit", (code) => reject(new Error(`The agent ended with ${code}: ${said}`)));
  });
  if (agent.pid === undefined) throw new Error("The agent has no process.");
  return agent.pid;
}

/** A figure of an agent that could not send would be worth nothing. */
async function checkSent(address: string): Promise<void> {
  const reply = await sendCommand(address, { command: "status" });
  if (!reply.ok || !reply.status) throw new Error("the agent does not tell its state");
  const { connection, waiting } = reply.status;
  if (connection.kind !== "connected" || waiting.refused > 0)
    throw new Error(`the agent did not send: ${JSON.stringify({ connection, waiting })}`);
}
