import { join } from "node:path";
import type { Place } from "./place.ts";
import { escapeXml } from "./write-xml.ts";

export const LAUNCH_LABEL = "org.etabli.agent";

export function launchAgentFile(home: string): string {
  return join(home, "Library", "LaunchAgents", `${LAUNCH_LABEL}.plist`);
}

/** Where launchd puts what the agent says of its own state. */
export function launchLogFile(home: string): string {
  return join(home, "Library", "Logs", "etabli-agent.log");
}

/** The LaunchAgent: runs in the person's desktop session, and again when it failed. */
export function writeLaunchAgent({
  program: { file, words },
  run,
  variables,
  home,
}: Pick<Place, "program" | "run" | "variables" | "home">): string {
  const strings = [file, ...words, ...run]
    .map((word) => `    <string>${escapeXml(word)}</string>\n`)
    .join("");
  const environment = variables
    .map(([name, value]) => `    <key>${name}</key>\n    <string>${escapeXml(value)}</string>\n`)
    .join("");
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${LAUNCH_LABEL}</string>
  <key>ProgramArguments</key>
  <array>
${strings}  </array>
  <key>EnvironmentVariables</key>
  <dict>
${environment}  </dict>
  <key>RunAtLoad</key>
  <true/>
  <key>KeepAlive</key>
  <dict>
    <key>SuccessfulExit</key>
    <false/>
  </dict>
  <key>ThrottleInterval</key>
  <integer>15</integer>
  <key>LimitLoadToSessionType</key>
  <string>Aqua</string>
  <key>ProcessType</key>
  <string>Background</string>
  <key>Umask</key>
  <integer>63</integer>
  <key>StandardErrorPath</key>
  <string>${escapeXml(launchLogFile(home))}</string>
</dict>
</plist>
`;
}
