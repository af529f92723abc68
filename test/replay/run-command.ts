import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What a command printed and how it ended. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** Starts `npm run replay` without npm, as the leader of a process group of its own, on a data folder. */
export function startReplay(data: string, args: readonly string[]) {
  const { DATABASE_URL: _, ...env } = process.env;
  const child = spawn(process.execPath, ["--import", "tsx", "agent/replay/main.ts", ...args], {
    cwd: root,
    env: { ...env, ETABLI_DATA: data },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output.stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal, ...output }));
  });
  const { pid } = child;
  if (pid === undefined) throw new Error("the replay could not be started");
  return {
    pid,
    ended,
    /** Ends the whole group at once, server included, as a power cut of the machine would end the processes. */
    killGroup: () => process.kill(-pid, "SIGKILL"),
  };
}

/** Runs a replay to its end. */
export function runReplayCommand(data: string, args: readonly string[]): Promise<Ended> {
  return startReplay(data, args).ended;
}
