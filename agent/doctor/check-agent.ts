import { controlAddress } from "../control/address.ts";
import type { Status } from "../control/messages.ts";
import { NotRunning, sendCommand } from "../control/send-command.ts";
import { AGENT_VERSION } from "../version.ts";
import { type Check, fails, reasonOf, warns, works } from "./check.ts";

const of = { id: "agent", name: "Agent" };

/** Asks the running agent how it is; null when none answers. */
export async function checkAgent(
  folder: string,
  platform: NodeJS.Platform,
): Promise<{ checks: Check[]; status: Status | null }> {
  try {
    const reply = await sendCommand(controlAddress(folder, platform), { command: "status" });
    const status = reply.ok ? (reply.status ?? null) : null;
    if (!status) return { checks: [fails(of, "it does not say how it is", again)], status: null };
    return { checks: [describe(status), ...status.troubles.map(describeTrouble)], status };
  } catch (error) {
    const isGone = error instanceof NotRunning;
    const todo = isGone ? "etabli run, or for good: etabli install" : again;
    return { checks: [fails(of, isGone ? "not running" : reasonOf(error), todo)], status: null };
  }
}

const again = "Stop it, then: etabli run";

function describe({ version, recording }: Status): Check {
  if (version !== AGENT_VERSION)
    return warns(of, `runs in version ${version}; this is ${AGENT_VERSION}`, "Start it again.");
  return works(of, recording === "on" ? "runs and records" : "runs; nothing is recorded now");
}

function describeTrouble({ code, message }: Status["troubles"][number]): Check {
  return warns({ id: `trouble-${code}`, name: "Trouble" }, message, "See: etabli status");
}
