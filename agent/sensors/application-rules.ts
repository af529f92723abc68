import { readFileSync } from "node:fs";
import { z } from "zod";
import { OTHER } from "../charter-guard.ts";
import { defaultRules } from "./default-rules.ts";

export const RULES_FILE = "application-rules.json";

const rule = z.strictObject({
  /** A category of the charter. */
  category: z.string().regex(/^[a-z_]{2,30}$/, { error: "small letters and _ only" }),
  /** Names of applications (on X11 the window class), in any case; `*` stands for anything. */
  applications: z.array(z.string().min(1).max(80)).min(1),
});
export type ApplicationRule = z.infer<typeof rule>;

/** A rules file says something that cannot be read; the message says where. */
export class RulesError extends Error {
  override name = "RulesError";
}

/**
 * The rules of a person's own file, then the default ones; the first that fits counts.
 * @throws RulesError
 */
export function readRules(path: string): ApplicationRule[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      return [...defaultRules];
    throw error;
  }
  const parsed = z.array(rule).safeParse(parseJson(text, path));
  if (!parsed.success) throw new RulesError(`${path}: ${z.prettifyError(parsed.error)}`);
  return [...parsed.data, ...defaultRules];
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RulesError(`${path} is not JSON.`, { cause });
  }
}

/**
 * Compiles the rules into the function through which every application name goes, and out of which only a category
 * comes.
 */
export function makeCategorise(rules: readonly ApplicationRule[]): (name: string) => string {
  const compiled = rules.map(({ category, applications }) => {
    const pattern = applications
      .map((name) => escapePattern(name).replaceAll("\\*", ".*"))
      .join("|");
    return { category, pattern: new RegExp(`^(?:${pattern})$`, "i") };
  });
  return (name) => compiled.find(({ pattern }) => pattern.test(name))?.category ?? OTHER;
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
