/** One thing that was looked at: whether it works here, what was found, and what to do. */
export interface Check {
  /** For programs: `site`, `disk-space`. */
  id: string;
  /** For people: `Site`. */
  name: string;
  verdict: "ok" | "warn" | "fail";
  told: string;
  /** What to do about it. */
  todo?: string;
}

type Named = Pick<Check, "id" | "name">;

export const works = (of: Named, told: string): Check => ({ ...of, verdict: "ok", told });

export const warns = (of: Named, told: string, todo?: string): Check => ({
  ...of,
  verdict: "warn",
  told,
  ...(todo !== undefined && { todo }),
});

export const fails = (of: Named, told: string, todo?: string): Check => ({
  ...of,
  verdict: "fail",
  told,
  ...(todo !== undefined && { todo }),
});

/** The message of what went wrong, in one line. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*/g, "; ");
}
