import { execFile } from "node:child_process";

const TIMEOUT_MS = 2_000;
const OUTPUT_BYTES = 4 * 1024 * 1024;

/** Runs a program and gives what it prints; rejects when it fails, or takes more than two seconds. */
export type RunCommand = (command: string, words: readonly string[]) => Promise<string>;

export const runCommand: RunCommand = (command, words) =>
  new Promise((resolve, reject) => {
    execFile(
      command,
      [...words],
      {
        timeout: TIMEOUT_MS,
        killSignal: "SIGKILL",
        maxBuffer: OUTPUT_BYTES,
        env: { ...process.env, LC_ALL: "C" },
      },
      (error, output) => {
        // Node's own error repeats what the program said.
        if (error) reject(new Error(`${command} did not answer`));
        else resolve(output);
      },
    );
  });
