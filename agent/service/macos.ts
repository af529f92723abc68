import { LAUNCH_LABEL, launchAgentFile, launchLogFile, writeLaunchAgent } from "./launch-agent.ts";
import type { Place } from "./place.ts";
import type { Machine, Step } from "./step.ts";

/** Stops what runs of an earlier installation. */
export function macosStop({ uid }: Place): Step[] {
  return [
    { kind: "run", command: ["launchctl", "bootout", `gui/${uid}/${LAUNCH_LABEL}`], mayFail: true },
  ];
}

export function macosInstall(place: Place): { steps: Step[]; told: string } {
  const { home, uid } = place;
  const path = launchAgentFile(home);
  return {
    steps: [
      { kind: "write", path, text: writeLaunchAgent(place) },
      { kind: "run", command: ["launchctl", "enable", `gui/${uid}/${LAUNCH_LABEL}`] },
      { kind: "run", command: ["launchctl", "bootstrap", `gui/${uid}`, path] },
    ],
    told: `It runs, and starts when you sign in. Its log: ${launchLogFile(home)}`,
  };
}

export function macosUninstall(place: Place, machine: Machine): Step[] {
  const path = launchAgentFile(place.home);
  const log = launchLogFile(place.home);
  const steps: Step[] = [];
  if (machine.exists(path)) steps.push(...macosStop(place), { kind: "remove", path });
  if (machine.exists(log)) steps.push({ kind: "remove", path: log });
  return steps;
}
