import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";

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
    /** The process id of the server it started, once agents enrol or send there. */
    async server(): Promise<number> {
      while (!/enrolled|answered/.test(output.stderr))
        await Promise.race([once(child.stderr, "data"), ended.then(failEarly)]);
      const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
      return Number(z.string().regex(/^\d+$/).parse(children.trim()));
    },
    /** Ends the whole group at once, server included, as a power cut of the machine would end the processes. */
    killGroup: () => process.kill(-pid, "SIGKILL"),
  };
}

function failEarly(ended: Ended): never {
  throw new Error(`the replay ended too early: ${ended.stderr}`);
}

/** Runs a replay to its end. */
export function runReplayCommand(data: string, args: readonly string[]): Promise<Ended> {
  return startReplay(data, args).ended;
}
