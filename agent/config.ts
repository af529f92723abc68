import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** The agent's folder: `$ETABLI_AGENT_HOME`, else where this system keeps such things for one person. */
export function agentFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  home: string = homedir(),
): string {
  if (env.ETABLI_AGENT_HOME) return resolve(env.ETABLI_AGENT_HOME);
  if (platform === "darwin") return join(home, "Library", "Application Support", "etabli-agent");
  if (platform === "win32")
    return join(env.LOCALAPPDATA ?? join(home, "AppData", "Local"), "etabli-agent");
  return join(env.XDG_DATA_HOME || join(home, ".local", "share"), "etabli-agent");
}
