import { notEnrolled } from "../cli/ask-agent.ts";
import type { Terminal } from "../cli/terminal.ts";
import { agentFolder } from "../config.ts";
import { controlAddress } from "../control/address.ts";
import { readIdentity } from "../identity.ts";
import { isShared } from "../session/profiles.ts";
import { linuxInstall, linuxStop } from "./linux.ts";
import { macosInstall, macosStop } from "./macos.ts";
import { type Place, readPlace } from "./place.ts";
import {
  carryOut,
  describeSteps,
  type Machine,
  type Step,
  StepFailed,
  thisMachine,
} from "./step.ts";
import { hasEnded } from "./wait-for-end.ts";
import { windowsInstall, windowsStop } from "./windows.ts";

interface Installation {
  steps: Step[];
  told: string;
  otherwise?: { steps: Step[]; told: string };
}

/** What stops an earlier installation, so that this one takes its place. */
export function stopSteps(place: Place, machine: Machine): Step[] {
  if (place.platform === "win32") return windowsStop(place);
  return place.platform === "darwin" ? macosStop(place) : linuxStop(machine);
}

/** What sets the service up on this system. */
export function installSteps(place: Place, machine: Machine): Installation {
  if (place.platform === "win32") return windowsInstall(place);
  return place.platform === "darwin" ? macosInstall(place) : linuxInstall(place, machine);
}

/** Sets up what starts the agent with the person's session, and starts it. */
export async function install(
  terminal: Terminal,
  { dryRun, run }: { dryRun: boolean; run: readonly string[] },
  machine: Machine = thisMachine,
): Promise<number> {
  const folder = folderOf(run) ?? agentFolder(terminal.env, terminal.platform);
  const place = readPlace({ ...terminal, run: withFolder(run, folder, terminal) });
  const before = stopSteps(place, machine);
  const { steps, told, otherwise } = installSteps(place, machine);
  if (dryRun) {
    terminal.print(describeSteps([...before, ...steps]));
    terminal.say("Nothing was done.");
    return 0;
  }
  if (!isShared(folder) && !readIdentity(folder)) throw new Error(notEnrolled);
  carryOut(before, machine);
  if (!(await hasEnded(controlAddress(folder, terminal.platform))))
    throw new Error("An agent runs here that was started by hand. End it with Ctrl+C, then again.");
  terminal.print(`${doOrElse(steps, told, otherwise, machine)}\n`);
  return 0;
}

function doOrElse(
  steps: readonly Step[],
  told: string,
  otherwise: Installation["otherwise"],
  machine: Machine,
): string {
  try {
    carryOut(steps, machine);
    return told;
  } catch (error) {
    if (!otherwise || !(error instanceof StepFailed)) throw error;
    carryOut(otherwise.steps, machine);
    return otherwise.told;
  }
}

/** A folder that depends on this shell's environment is named, because the session's start may not have that. */
function withFolder(run: readonly string[], folder: string, { env, platform }: Terminal) {
  const usual = agentFolder({ LOCALAPPDATA: env.LOCALAPPDATA }, platform);
  return folder === usual || run.includes("--folder") ? run : [...run, "--folder", folder];
}

function folderOf(run: readonly string[]): string | undefined {
  const at = run.indexOf("--folder");
  return at < 0 ? undefined : run[at + 1];
}
