import { z } from "zod";
import { refusal } from "./batch.ts";

export const problemCodes = [
  "bad_input",
  "not_signed_in",
  "forbidden",
  "not_found",
  "conflict",
  "expired",
  "too_many_attempts",
  "unsupported_media_type",
  "too_large",
  "unavailable",
  "internal",
] as const;
export const problemCode = z.enum(problemCodes);
export type ProblemCode = z.infer<typeof problemCode>;

/** What every refused request answers. `message` says what to do; it never holds personal data. */
export const problem = z.strictObject({
  code: problemCode,
  message: z.string(),
  refusals: z.array(refusal).optional(),
  retryAfter: z.number().optional(),
});
export type ProblemBody = z.infer<typeof problem>;

/** The one error the server throws on purpose; the HTTP edge maps its code to a status. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly refusals: ProblemBody["refusals"];
  readonly retryAfter: number | undefined;

  constructor(
    code: ProblemCode,
    message: string,
    details: { refusals?: ProblemBody["refusals"]; retryAfter?: number } = {},
  ) {
    super(message);
    this.name = "Problem";
    this.code = code;
    this.refusals = details.refusals;
    this.retryAfter = details.retryAfter;
  }
}

/** zod issues as refusals: a dotted path and a reason each. */
export function refusalsOf(error: z.ZodError, limit = 20): NonNullable<ProblemBody["refusals"]> {
  return error.issues.slice(0, limit).map((issue) => ({
    path: issue.path.join(".") || "(root)",
    reason:
      issue.code === "unrecognized_keys"
        ? `unknown field: ${issue.keys.map((key) => key.slice(0, 40)).join(", ")}`
        : issue.message,
  }));
}
