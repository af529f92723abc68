import { autostartFile, writeAutostartEntry } from "./autostart-entry.ts";
import type { Place } from "./place.ts";
import type { Machine, Step } from "./step.ts";
import { UNIT_NAME, unitFile, writeUnit } from "./systemd-unit.ts";

/** What the agent must know of the desktop, and a user manager that started before it does not. */
const desktopVariables = [
  "DISPLAY",
  "XAUTHORITY",
  "WAYLAND_DISPLAY",
  "XDG_SESSION_TYPE",
  "SWAYSOCK",
  "HYPRLAND_INSTANCE_SIGNATURE",
];

const systemctl = (...words: string[]): Step => ({
  kind: "run",
  command: ["systemctl", "--user", ...words],
});

export function hasUserManager(machine: Machine): boolean {
  return machine.run(["systemctl", "--user", "show", "--property=Version"]).code === 0;
}

/** Stops what runs of an earlier installation. */
export function linuxStop(machine: Machine): Step[] {
  return hasUserManager(machine)
    ? [{ kind: "run", command: ["systemctl", "--user", "stop", UNIT_NAME], mayFail: true }]
    : [];
}

/** Sets the service up and starts it; in words what to know of it. */
export function linuxInstall(place: Place, machine: Machine): { steps: Step[]; told: string } {
  const { env, home } = place;
  const unit = unitFile(home, env);
  const entry = autostartFile(home, env);
  if (!hasUserManager(machine))
    return {
      steps: [{ kind: "write", path: entry, text: writeAutostartEntry(place) }],
      told: "This session has no systemd user manager, so the desktop starts it, from your next sign-in on. Now: etabli run",
    };
  const others: Step[] = machine.exists(entry) ? [{ kind: "remove", path: entry }] : [];
  const isUsed =
    machine.run(["systemctl", "--user", "is-active", "graphical-session.target"]).code === 0;
  const here = desktopVariables.filter((name) => env[name]);
  // Set up from afar, without a desktop at hand: most desktops will start the target.
  const target = isUsed || here.length === 0 ? "graphical-session.target" : "default.target";
  const isBound = target === "graphical-session.target";
  return {
    steps: [
      ...others,
      { kind: "write", path: unit, text: writeUnit(place, target) },
      systemctl("daemon-reload"),
      systemctl("reenable", UNIT_NAME),
      ...(here.length === 0 ? [] : [systemctl("import-environment", ...here)]),
      ...(isUsed || !isBound ? [systemctl("restart", UNIT_NAME)] : []),
    ],
    told: isBound
      ? isUsed
        ? "It runs, and starts with your desktop. Its log: journalctl --user -u etabli-agent"
        : "It starts with your desktop, from the next sign-in on. Now: etabli run"
      : `It runs, and starts when you sign in. This desktop does not say when it is there; for the application in front after a restart, put this in the file your window manager starts with: systemctl --user import-environment ${here.join(" ")} && systemctl --user restart etabli-agent`,
  };
}

/** Takes away what there is of it. */
export function linuxUninstall({ env, home }: Place, machine: Machine): Step[] {
  const unit = unitFile(home, env);
  const entry = autostartFile(home, env);
  const steps: Step[] = [];
  if (machine.exists(unit)) {
    const hasManager = hasUserManager(machine);
    if (hasManager) steps.push(systemctl("disable", "--now", UNIT_NAME));
    steps.push({ kind: "remove", path: unit });
    if (hasManager) steps.push(systemctl("daemon-reload"));
  }
  if (machine.exists(entry)) steps.push({ kind: "remove", path: entry });
  return steps;
}
