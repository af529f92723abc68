import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** One thing done to a machine to set the service up or to take it away. */
export type Step =
  | { kind: "write"; path: string; text: string; encoding?: "utf8" | "utf16le" }
  | { kind: "remove"; path: string }
  /** `mayFail`: there may be nothing to stop or to take away. */
  | { kind: "run"; command: readonly [string, ...string[]]; mayFail?: boolean };

/** What a program answered: its exit code, null when it could not be started, and what it said. */
export interface Ran {
  code: number | null;
  out: string;
}

/** What the service's set-up touches of a machine; a test gives its own. */
export interface Machine {
  run: (command: readonly [string, ...string[]]) => Ran;
  exists: (path: string) => boolean;
  write: (path: string, text: string, encoding: "utf8" | "utf16le") => void;
  remove: (path: string) => void;
}

const RUN_TIMEOUT_MS = 30_000;

export const thisMachine: Machine = {
  run([program, ...words]) {
    const child = spawnSync(program, words, {
      encoding: "utf8",
      timeout: RUN_TIMEOUT_MS,
      windowsHide: true,
    });
    return { code: child.status, out: `${child.stdout ?? ""}${child.stderr ?? ""}`.trim() };
  },
  exists: existsSync,
  write(path, text, encoding) {
    mkdirSync(dirname(path), { recursive: true });
    // Windows reads such files as UTF-16 only with its mark in front.
    writeFileSync(path, encoding === "utf16le" ? `\uFEFF${text}` : text, {
      encoding,
      mode: 0o600,
    });
  },
  remove: (path) => rmSync(path, { force: true }),
};

/** Does the steps in turn. @throws at the first that fails and may not, with what its program said */
export function carryOut(steps: readonly Step[], machine: Machine): void {
  for (const step of steps) {
    if (step.kind === "write") machine.write(step.path, step.text, step.encoding ?? "utf8");
    else if (step.kind === "remove") machine.remove(step.path);
    else {
      const { code, out } = machine.run(step.command);
      if (code !== 0 && !step.mayFail)
        throw new StepFailed(`"${writeCommand(step.command)}" did not work. ${out}`.trim());
    }
  }
}

/** A program of the system did not do its part; the message has its words. */
export class StepFailed extends Error {
  override name = "StepFailed";
}

/** The steps for a person to read before they are done. */
export function describeSteps(steps: readonly Step[]): string {
  return steps
    .map((step) => {
      if (step.kind === "run") return `run    ${writeCommand(step.command)}\n`;
      if (step.kind === "remove") return `remove ${step.path}\n`;
      return `write  ${step.path}\n${step.text.trimEnd().replaceAll(/^/gm, "       | ")}\n`;
    })
    .join("");
}

function writeCommand(command: readonly string[]): string {
  return command.map((word) => (/^[\w@%+=:,./\\-]+$/.test(word) ? word : `"${word}"`)).join(" ");
}
