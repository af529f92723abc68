import { readFileSync } from "node:fs";
import { domainToASCII } from "node:url";
import { z } from "zod";
import { OTHER } from "../charter-guard.ts";
import { defaultRules } from "./default-rules.ts";

export const RULES_FILE = "application-rules.json";

/** A host, perhaps with `*.` before it; no scheme, path or port. */
const site = z
  .string()
  .max(200)
  .refine((text) => /^(\*\.)?[\p{L}\p{N}_.-]+$/u.test(text) && asciiHost(text) !== "", {
    error: 'a host like "crm.example.com" or "*.example.com", nothing else',
  });

const rule = z
  .strictObject({
    /** A category of the charter. */
    category: z.string().regex(/^[a-z_]{2,30}$/, { error: "small letters and _ only" }),
    /** Names of applications (on X11 the window class), in any case; `*` stands for anything. */
    applications: z.array(z.string().min(1).max(80)).min(1).optional(),
    /** Hosts of web pages; `*.example.com` is example.com and all below it, as browsers have it. */
    sites: z.array(site).min(1).optional(),
  })
  .refine(({ applications, sites }) => applications !== undefined || sites !== undefined, {
    error: "a rule needs applications or sites",
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
  const compiled = rules.flatMap(({ category, applications }) => {
    if (applications === undefined) return [];
    const pattern = applications
      .map((name) => escapePattern(name).replaceAll("\\*", ".*"))
      .join("|");
    return [{ category, pattern: new RegExp(`^(?:${pattern})$`, "i") }];
  });
  return (name) => compiled.find(({ pattern }) => pattern.test(name))?.category ?? OTHER;
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/**
 * Compiles the rules into the function through which every address of a web page goes, and out of which only a
 * category comes; null when no rule names its host. Path, query and everything else of the address count for nothing.
 */
export function makeCategoriseSite(
  rules: readonly ApplicationRule[],
): (url: string) => string | null {
  const compiled = rules.flatMap(({ category, sites = [] }) =>
    sites.map((pattern) => ({
      category,
      isWide: pattern.startsWith("*."),
      host: asciiHost(pattern),
    })),
  );
  return (url) => {
    const host = hostOf(url);
    if (host === null) return null;
    const fits = compiled.find(
      (entry) => host === entry.host || (entry.isWide && host.endsWith(`.${entry.host}`)),
    );
    return fits?.category ?? null;
  };
}

/** The host of a pattern in the form in which addresses have it; empty when it is none. */
function asciiHost(pattern: string): string {
  return domainToASCII(pattern.replace(/^\*\./, ""));
}

function hostOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, hostname } = new URL(url);
  if (protocol !== "http:" && protocol !== "https:") return null;
  return hostname.replace(/\.$/, "");
}

/** All categories the rules can give. */
export function listCategories(rules: readonly ApplicationRule[]): Set<string> {
  return new Set([OTHER, ...rules.map(({ category }) => category)]);
}
