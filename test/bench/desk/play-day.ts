import { setTimeout as wait } from "node:timers/promises";
import { sendCommand } from "#agent/control/send-command";
import { realNow } from "./fast-clock.ts";
import type { Step } from "./plan-day.ts";
import type { VirtualDesktop } from "./virtual-desktop.ts";

/** How to reach the agent at the desk. */
export interface DeskDoors {
  desktop: VirtualDesktop;
  /** Of its own machine's commands. */
  address: string;
  /** Of the desk page, where a telephone system tells its state. */
  desk: string;
  token: string;
}

/**
 * Has each step happen at its time: real windows on the desktop, states over HTTP, commands as from the command line.
 * @param realTimeOf the real moment (epoch ms) of a time of the shift
 */
export async function playDay(
  steps: readonly Step[],
  realTimeOf: (at: number) => number,
  doors: DeskDoors,
): Promise<void> {
  for (const step of steps) {
    const left = realTimeOf(step.at) - realNow();
    if (left > 1) await wait(left);
    await perform(step, doors);
  }
}

async function perform(step: Step, { desktop, address, desk, token }: DeskDoors): Promise<void> {
  switch (step.does) {
    case "window":
      return await desktop.switchTo(step.window);
    case "command": {
      const reply = await sendCommand(address, step.request);
      if (!reply.ok) throw new Error(`${step.request.command}: ${reply.message}`);
      return;
    }
    case "state": {
      const response = await postToDesk({ desk, token }, "api/feed", { state: step.state });
      if (response.status !== 202) throw new Error(`the feed was answered ${response.status}`);
    }
  }
}

/** Posts to the desk page's address as another program of the same person. */
export async function postToDesk(
  { desk, token }: Pick<DeskDoors, "desk" | "token">,
  path: string,
  body: unknown,
): Promise<Response> {
  const response = await fetch(`${desk}/${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  await response.arrayBuffer();
  return response;
}
