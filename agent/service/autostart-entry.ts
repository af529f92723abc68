import { join } from "node:path";
import type { Place } from "./place.ts";

/** Where a desktop looks for what it starts with a session (freedesktop.org Desktop Application Autostart). */
export function autostartFile(
  home: string,
  env: Readonly<Record<string, string | undefined>>,
): string {
  return join(env.XDG_CONFIG_HOME || join(home, ".config"), "autostart", "etabli-agent.desktop");
}

/** The autostart entry, for desktops without a systemd user manager. */
export function writeAutostartEntry({
  program: { file, words },
  run,
  variables,
}: Pick<Place, "program" | "run" | "variables">): string {
  const assignments = variables.map(([name, value]) => `${name}=${value}`);
  const start = assignments.length === 0 ? [] : ["env", ...assignments];
  const command = [...start, file, ...words, ...run].map(quoteWord).join(" ");
  return `# Made by "etabli install", and written anew by it. "etabli uninstall" takes it away.
[Desktop Entry]
Type=Application
Name=Établi
Comment=Records at this workstation what was agreed on
Comment[fr]=Enregistre à ce poste de travail ce qui a été convenu
Exec=${command}
Terminal=false
NoDisplay=true
X-GNOME-Autostart-enabled=true
`;
}

/** Quoted as the Desktop Entry Specification has it: in the word itself, then as a string of the file. */
function quoteWord(text: string): string {
  const word = `"${text.replaceAll(/["`$\\]/g, "\\$&").replaceAll("%", "%%")}"`;
  return word.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}
