import { type Request, request } from "../control/messages.ts";
import type { Given, OptionName } from "./options.ts";
import type { Today } from "./read-time.ts";
import { UsageError } from "./usage-error.ts";

/** How a running agent is set up. */
export interface RunSettings {
  /** Another folder than the usual one. */
  folder?: string;
  sealEverySeconds: number;
  /** Null for the usual ones. */
  deskPort: number | null;
  gatewayPort: number | null | "off";
}

export interface EnrolSettings {
  server: string;
  code: string;
  person?: string;
  replace: boolean;
  /** Several people take turns at this machine; this is the name one of them signs in with. */
  signInName?: string;
}

/** What a command line asks for. */
export type Command =
  | { name: "help"; about: readonly string[] }
  | { name: "version" }
  | { name: "ask"; request: Request; json: boolean; batch?: BatchName }
  | { name: "sign-in"; signInName: string; json: boolean }
  | { name: "desk"; token: boolean; open: boolean }
  | ({ name: "enrol" } & EnrolSettings)
  | ({ name: "run" } & RunSettings)
  | { name: "install"; dryRun: boolean; run: readonly string[] }
  | { name: "uninstall"; dryRun: boolean; deleteData: boolean; yes: boolean }
  | { name: "doctor"; json: boolean };

/** Which batch's very bytes are wanted instead of all that waits. */
export interface BatchName {
  epoch: number;
  seq: number;
}

/** What stands on the command line after the command's own words. */
export interface Line {
  words: readonly string[];
  given: Given;
  env: Readonly<Record<string, string | undefined>>;
  today: Today;
}

export const groups = ["Work", "Marks", "Your say", "What waits and what left", "Set-up"] as const;

/** One command of the command line: how it is written, what it means, and how help explains it. */
export interface CommandEntry {
  /** `task start`. */
  words: string;
  group: (typeof groups)[number];
  /** What follows the words, `<kind> [label]`. */
  operands?: string;
  /** At least and at most so many operands; none when left out. */
  count?: readonly [number, number];
  summary: string;
  options?: readonly OptionName[];
  /** What the options mean here, where that is not what they mean elsewhere. */
  optionHelp?: Partial<Record<OptionName, string>>;
  notes?: string;
  /** Command lines without `etabli`, and what they do. */
  examples: readonly (readonly [string, string])[];
  read: (line: Line) => Command;
}

/** A request for the running agent. @throws UsageError when it is none */
export function ask(value: Record<string, unknown>, line?: Line): Command {
  const parsed = request.safeParse(value);
  if (parsed.success) return { name: "ask", request: parsed.data, json: line?.given.json ?? false };
  const [issue] = parsed.error.issues;
  throw new UsageError(`${issue?.path.join(".") ?? "command"}: ${issue?.message ?? "not known"}`);
}
