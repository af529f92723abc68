import { parseArgs } from "node:util";
import { z } from "zod";
import { type Request, request } from "../control/messages.ts";

/** The command line says something this program does not know; the message says what. */
export class UsageError extends Error {
  override name = "UsageError";
}

export type Command =
  | { name: "help" | "version" }
  | { name: "enrol"; server: string; code: string; person?: string; replace: boolean }
  | { name: "run"; sealEverySeconds: number }
  | { name: "ask"; request: Request; json: boolean };

const options = {
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
  json: { type: "boolean" },
  replace: { type: "boolean" },
  person: { type: "string" },
  task: { type: "string" },
  "seal-every": { type: "string" },
} as const;

const allowedWith: Record<string, readonly (keyof typeof options)[]> = {
  enrol: ["person", "replace"],
  run: ["seal-every"],
  status: ["json"],
  "task start": ["task"],
  "task stop": [],
  pause: [],
  resume: [],
  category: [],
};

const sealEvery = z.coerce.number().min(0.1).max(3600);

/** Reads the command line. @throws UsageError */
export function readArguments(argv: readonly string[]): Command {
  const { values, positionals } = parse(argv);
  if (values.help) return { name: "help" };
  if (values.version) return { name: "version" };
  const [first, second] = positionals;
  if (first === undefined) throw new UsageError("Say what to do.");
  const name = first === "task" && second !== undefined ? `task ${second}` : first;
  const allowed = allowedWith[name];
  if (!allowed) throw new UsageError(`There is no command "${name}".`);
  for (const given of Object.keys(values))
    if (!allowed.some((option) => option === given))
      throw new UsageError(`--${given} does not go with "${name}".`);
  const rest = positionals.slice(name.includes(" ") ? 2 : 1);
  const expect = (least: number, most: number) => {
    if (rest.length < least) throw new UsageError(`"${name}" needs more words.`);
    if (rest.length > most) throw new UsageError(`"${name}" has a word too many: ${rest.at(most)}`);
  };
  switch (name) {
    case "enrol": {
      expect(2, 2);
      const [server = "", code = ""] = rest;
      const { person, replace = false } = values;
      return { name, server, code, replace, ...(person !== undefined && { person }) };
    }
    case "run": {
      expect(0, 0);
      const seconds = sealEvery.safeParse(values["seal-every"] ?? "15");
      if (!seconds.success) throw new UsageError("--seal-every takes seconds, 0.1 to 3600.");
      return { name, sealEverySeconds: seconds.data };
    }
    case "task start": {
      expect(1, 2);
      const [kind, label] = rest;
      return ask({ command: "task-start", kind, label, task: values.task });
    }
    case "category": {
      expect(2, 2);
      const [id, position] = rest;
      if (position !== "on" && position !== "off")
        throw new UsageError('A category is switched "on" or "off".');
      return ask({ command: "category", id, on: position === "on" });
    }
    default:
      expect(0, 0);
      return ask({ command: name.replace(" ", "-") }, values.json ?? false);
  }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function ask(value: Record<string, unknown>, json = false): Command {
  const parsed = request.safeParse(value);
  if (parsed.success) return { name: "ask", request: parsed.data, json };
  const [issue] = parsed.error.issues;
  throw new UsageError(`${issue?.path.join(".") ?? "command"}: ${issue?.message ?? "not known"}`);
}
