import { join } from "node:path";
import type { Place } from "./place.ts";

export const UNIT_NAME = "etabli-agent.service";

/** Where a person's own units are. */
export function unitFile(home: string, env: Readonly<Record<string, string | undefined>>): string {
  return join(env.XDG_CONFIG_HOME || join(home, ".config"), "systemd", "user", UNIT_NAME);
}

/**
 * The systemd user unit: runs with the desktop, under limits far above what the agent needs, and with no right it does
 * not need. Only what a user manager can do without root is asked for.
 * @param target what starts it: the desktop, or where no desktop says so, the session
 */
export function writeUnit(
  { program: { file, words }, run, variables }: Pick<Place, "program" | "run" | "variables">,
  target: "graphical-session.target" | "default.target",
): string {
  const command = [quotePath(file), ...[...words, ...run].map(quoteWord)].join(" ");
  const environment = variables
    .map(([name, value]) => `Environment=${quotePath(`${name}=${value}`)}\n`)
    .join("");
  const bound = target === "graphical-session.target" ? `PartOf=${target}\nAfter=${target}\n` : "";
  return `# Made by "etabli install", and written anew by it. "etabli uninstall" takes it away.
[Unit]
Description=Établi: records at this workstation what was agreed on
${bound}StartLimitIntervalSec=0

[Service]
Type=exec
ExecStart=${command}
${environment}Restart=on-failure
RestartSec=15
# Wrong options and unreadable files stay so until somebody puts them right.
RestartPreventExitStatus=2 3
TimeoutStopSec=20
UMask=0077
MemoryMax=512M
CPUQuota=50%
TasksMax=64
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RestrictNamespaces=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
SystemCallArchitectures=native

[Install]
WantedBy=${target}
`;
}

/** A program, or an assignment: systemd expands `%` in it, but no variables. */
function quotePath(text: string): string {
  return `"${escapeQuoted(text)}"`;
}

function quoteWord(text: string): string {
  return `"${escapeQuoted(text).replaceAll("$", "$$$$")}"`;
}

function escapeQuoted(text: string): string {
  return text.replaceAll(/["\\]/g, "\\$&").replaceAll("%", "%%").replaceAll("\n", "\\n");
}
