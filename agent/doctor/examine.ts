import { readRunSettings } from "../cli/run-settings.ts";
import type { Terminal } from "../cli/terminal.ts";
import { systemClock } from "../clock.ts";
import type { Status } from "../control/messages.ts";
import { readIdentity } from "../identity.ts";
import { readDesktop } from "../sensors/desktop.ts";
import { readPlace } from "../service/place.ts";
import { thisMachine } from "../service/step.ts";
import { isShared } from "../session/profiles.ts";
import type { Check } from "./check.ts";
import { checkAgent } from "./check-agent.ts";
import { checkFiles } from "./check-files.ts";
import { checkFolder } from "./check-folder.ts";
import { checkRunningPorts, tryPorts } from "./check-ports.ts";
import { checkProgram } from "./check-program.ts";
import { checkDesktop, checkRunningSenses, trySenses } from "./check-senses.ts";
import { checkService } from "./check-service.ts";
import { checkSite } from "./check-site.ts";
import { writeChecks } from "./write-checks.ts";

const USUAL_DESK_PORT = 7071;
const USUAL_GATEWAY_PORT = 5600;

/** Looks at everything the agent needs, changes nothing, and tells. @returns the exit code: 1 when something fails */
export async function examine(
  terminal: Terminal,
  folder: string,
  asJson: boolean,
): Promise<number> {
  const checks = await lookAtAll(terminal, folder);
  const failed = checks.filter(({ verdict }) => verdict === "fail").length;
  terminal.print(
    asJson ? `${JSON.stringify({ failed, checks })}\n` : writeChecks(checks, terminal.look),
  );
  return failed > 0 ? 1 : 0;
}

async function lookAtAll(terminal: Terminal, folder: string): Promise<Check[]> {
  const { platform, now } = terminal;
  const { checks: agent, status } = await checkAgent(folder, platform);
  const place = readPlace({ ...terminal, run: [] });
  const server = siteOf(folder, status);
  return [
    ...(await checkProgram(process.versions.node)),
    checkService(place, thisMachine),
    ...checkFolder(folder, platform, status !== null),
    ...agent,
    ...(server === null ? [] : await checkSite(server, { fetch, now })),
    ...(isShared(folder) ? [] : checkFiles(folder)),
    ...(status ? checkRunning(status) : await tryDesk(terminal)),
  ];
}

function checkRunning(status: Status): Check[] {
  return [...checkRunningSenses(status), ...checkRunningPorts(status)];
}

async function tryDesk({ env, platform }: Terminal): Promise<Check[]> {
  const desktop = readDesktop(env, platform);
  const { deskPort, gatewayPort } = readRunSettings({}, env);
  return [
    checkDesktop(desktop),
    ...(await trySenses(desktop, systemClock)),
    ...(await tryPorts({
      desk: deskPort ?? USUAL_DESK_PORT,
      gateway: gatewayPort ?? USUAL_GATEWAY_PORT,
    })),
  ];
}

function siteOf(folder: string, status: Status | null): string | null {
  if (status && status.server !== "") return status.server;
  try {
    return readIdentity(folder)?.server ?? null;
  } catch {
    // Told already, where the folder was looked at.
    return null;
  }
}
