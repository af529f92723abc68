import { spawn } from "node:child_process";
import { once } from "node:events";
import { memoryFlags } from "#agent/memory-flags";
import { makeSyncCounter, type SyncCounter } from "./count-syncs.ts";

/** An agent in a process of its own, recording. */
export interface AgentProcess {
  pid: number;
  /** How often it has said this so far. */
  countSaid(text: string): number;
  /** Ends it in good order; again, it does nothing. */
  stop(): Promise<void>;
  /** Disk syncs between two moments (epoch ms), once it has ended; null where they cannot be counted. */
  countSyncs(from: number, to: number): number | null;
}

/** Starts a program that runs the agent, and waits until it says so. @throws when it ends before */
export async function runAgentProgram(options: {
  program: string;
  words: readonly string[];
  env: NodeJS.ProcessEnv;
  tell: (line: string) => void;
}): Promise<AgentProcess> {
  const made = makeSyncCounter();
  const counter: SyncCounter | null = "words" in made ? made : null;
  if ("reason" in made) options.tell(`syncs of the disk are not counted: ${made.reason}`);
  const [command = process.execPath, ...rest] = [
    ...(counter?.words ?? []),
    process.execPath,
    // As agent/main.ts sets them before it loads anything; a child with a clock of its own begins elsewhere.
    ...memoryFlags,
    options.program,
    ...options.words,
  ];
  // Not "exit": strace has written its file when the last one to hold the output has closed it.
  const child = spawn(command, rest, { env: options.env, stdio: ["ignore", "ignore", "pipe"] });
  let syncs: number[] | null = null;
  const ended = once(child, "close").then(() => {
    syncs = counter?.take() ?? null;
  });
  let said = "";
  await new Promise<void>((resolve, reject) => {
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (said.includes("running for")) resolve();
    });
    const fail = () => reject(new Error(`The agent ended with ${child.exitCode}: ${said}`));
    ended.then(fail, reject);
  });
  const { pid } = child;
  if (pid === undefined) throw new Error("The agent has no process.");
  return {
    pid,
    countSaid: (text) => said.split(text).length - 1,
    async stop() {
      child.kill("SIGTERM");
      await ended;
      if (child.exitCode !== 0) throw new Error(`The agent ended with ${child.exitCode}: ${said}`);
    },
    countSyncs: (from, to) => syncs?.filter((at) => at >= from && at < to).length ?? null,
  };
}
