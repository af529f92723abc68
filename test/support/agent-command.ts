import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../../agent/bin.js", import.meta.url));

/** A run of the `etabli` command as its own process, as `npx etabli` starts it. */
export interface AgentCommand {
  /** Done when it has ended; fails when it did not end well. Gives what it printed. */
  ended: Promise<string>;
  /** Waits until it has said this on stderr. */
  says(text: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts `etabli` with these words, at home in `folder`. */
export function runEtabli(folder: string, ...words: string[]): AgentCommand {
  const env = { PATH: process.env.PATH, ETABLI_AGENT_HOME: folder };
  const child = spawn(process.execPath, [bin, ...words], { env });
  const closed = once(child, "close");
  let printed = "";
  let said = "";
  child.stdout.on("data", (piece: Buffer) => {
    printed += piece.toString();
  });
  child.stderr.on("data", (piece: Buffer) => {
    said += piece.toString();
  });
  const ended = closed.then(() => {
    if (child.exitCode !== 0) throw new Error(`etabli ${words.join(" ")}: ${said}`);
    return printed;
  });
  // Whoever stops it before its end does not ask how it ended.
  ended.catch(() => {});
  return {
    ended,
    async says(text) {
      while (!said.includes(text)) {
        const more = await Promise.race([once(child.stderr, "data"), closed.then(() => null)]);
        if (more === null) throw new Error(`etabli ${words.join(" ")} ended: ${said}`);
      }
    },
    async stop() {
      child.kill("SIGTERM");
      await closed;
    },
  };
}
