import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { answerWithin } from "../ask.ts";
import type { Clock } from "../clock.ts";
import {
  type InputKind,
  type InputSensorOptions,
  type SensorState,
  type StartedSensor,
  unsupported,
} from "./sensor.ts";

/** Without a display the native start sometimes hangs instead of failing (seen), so it is not waited for longer. */
const START_TIMEOUT_MS = 10_000;

const count = z.int().min(0).max(10_000);
/** All that the child ever says: that it is at work, why it cannot be, or how many keys, clicks and turns there were. */
const message = z.union([
  z.literal("ready"),
  z.strictObject({ kind: z.enum(["unsupported", "permission-missing"]), reason: z.string() }),
  z.tuple([count, count, count]),
]);
export type InputHookMessage = z.infer<typeof message>;

export interface InputHookOptions extends InputSensorOptions {
  clock: Clock;
  /** The child's program, where it does not lie beside this one. */
  childPath?: string;
  /** Node's own options for the child, instead of those of this process. */
  nodeOptions?: readonly string[];
  env?: NodeJS.ProcessEnv;
}

/**
 * Counts presses of keys and buttons and turns of the wheel. The system's hook, which sees which keys they are, runs in
 * a child process: it hands over numbers alone, and its crashes are its own.
 */
export async function startInputHook(options: InputHookOptions): Promise<StartedSensor> {
  const { clock, onInput, onEnd } = options;
  const child = fork(options.childPath ?? childBeside(import.meta.url), [], {
    // What native code prints about an event goes nowhere.
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    ...(options.nodeOptions && { execArgv: [...options.nodeOptions] }),
    ...(options.env && { env: options.env }),
  });
  let isOver = false;
  function stop(): void {
    isOver = true;
    child.removeAllListeners("message");
    child.kill();
  }

  const state = await answerWithin(clock, START_TIMEOUT_MS, firstWord(child)).catch(() =>
    ended("the counting of input did not start"),
  );
  if (state.kind !== "available") {
    stop();
    return { state };
  }
  child.on("message", (said) => {
    const counts = message.safeParse(said).data;
    if (Array.isArray(counts)) tell(counts, onInput);
  });
  // Comes after the last message, which the end of the process may not.
  child.once("disconnect", () => {
    if (isOver) return;
    isOver = true;
    onEnd("the counting of input ended");
  });
  return { state, stop };
}

/** What the child says first, or that it died before it could. */
function firstWord(child: ChildProcess): Promise<SensorState> {
  return new Promise((resolve) => {
    child.once("message", (said) => {
      const word = message.safeParse(said).data;
      if (word === "ready") resolve({ kind: "available" });
      else if (word !== undefined && "kind" in word) resolve(word);
      else resolve(ended("the counting of input did not start as expected"));
    });
    // Also later: a message that cannot be delivered to a child that died is no news.
    child.on("error", () => resolve(ended("the process that counts input could not be started")));
    // So it ends where there is no display, or a library of the desktop is missing.
    child.once("disconnect", () => resolve(ended("input cannot be counted on this desktop")));
  });
}

function ended(reason: string): SensorState {
  return unsupported(reason).state;
}

const kinds: readonly InputKind[] = ["key", "click", "scroll"];

function tell(counts: readonly number[], onInput: (kind: InputKind) => void): void {
  for (const [index, kind] of kinds.entries())
    for (let left = counts[index] ?? 0; left > 0; left -= 1) onInput(kind);
}

/** The child's file beside a module of ours: as source while developing, bundled beside the agent else. */
export function childBeside(moduleUrl: string): string {
  const source = fileURLToPath(new URL("./input-hook-child.ts", moduleUrl));
  return existsSync(source) ? source : fileURLToPath(new URL("./input-hook-child.js", moduleUrl));
}
