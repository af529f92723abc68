import { readFileSync } from "node:fs";
import { autostartFile } from "../service/autostart-entry.ts";
import { launchAgentFile } from "../service/launch-agent.ts";
import type { Place } from "../service/place.ts";
import { RUN_KEY, RUN_VALUE, taskName } from "../service/scheduled-task.ts";
import type { Machine } from "../service/step.ts";
import { UNIT_NAME, unitFile } from "../service/systemd-unit.ts";
import { type Check, warns, works } from "./check.ts";

const of = { id: "service", name: "Start with session" };

/** Whether something starts the agent with the person's session, and whether that something is this program. */
export function checkService(place: Place, machine: Machine): Check {
  const found = findService(place, machine);
  if (found === null) return warns(of, "not installed", "etabli install");
  const { kind, path } = found;
  const text = path === null ? null : readFileSync(path, "utf8");
  const script = place.program.words.at(-1) ?? place.program.file;
  if (text !== null && !text.includes(script))
    return warns(of, `${kind}, but it starts another program than this one`, "etabli install");
  return works(of, kind);
}

function findService(
  { platform, env, home, user }: Place,
  machine: Machine,
): { kind: string; path: string | null } | null {
  if (platform === "win32") {
    if (machine.run(["schtasks", "/Query", "/TN", taskName(user)]).code === 0)
      return { kind: "a scheduled task", path: null };
    const isInKey = machine.run(["reg", "query", RUN_KEY, "/v", RUN_VALUE]).code === 0;
    return isInKey ? { kind: "in Windows' list of programs", path: null } : null;
  }
  if (platform === "darwin") {
    const path = launchAgentFile(home);
    return machine.exists(path) ? { kind: "a LaunchAgent", path } : null;
  }
  const unit = unitFile(home, env);
  if (machine.exists(unit)) {
    const state = machine.run(["systemctl", "--user", "is-active", UNIT_NAME]).out;
    return { kind: `a systemd user unit (${state || "state not known"})`, path: unit };
  }
  const entry = autostartFile(home, env);
  return machine.exists(entry) ? { kind: "a desktop autostart entry", path: entry } : null;
}
