import type { Context } from "hono";
import { z } from "zod";
import { Problem, type ProblemBody, type ProblemCode } from "#schema/problem";
import type { HttpContext } from "./context.ts";
import { isClash, isDisconnect } from "./disconnect.ts";

/** The HTTP status of each problem; nothing else in the server knows about status codes of refusals. */
export const statusOf = {
  bad_input: 400,
  not_signed_in: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  expired: 410,
  too_large: 413,
  unsupported_media_type: 415,
  too_many_attempts: 429,
  internal: 500,
  unavailable: 503,
} as const satisfies Record<ProblemCode, number>;

/** Answers with a problem, as JSON, never to be cached. */
function answerProblem(http: Context, problem: ProblemBody): Response {
  http.header("Cache-Control", "no-store");
  if (problem.retryAfter !== undefined)
    http.header("Retry-After", String(Math.ceil(problem.retryAfter)));
  // The rest of a body nobody will read would be taken for the next request.
  if (problem.code === "too_large") http.header("Connection", "close");
  return http.json(problem, statusOf[problem.code]);
}

/** Turns whatever a handler threw into an answer; what was not thrown on purpose is logged and says nothing. */
export function answerError(context: Pick<HttpContext, "log" | "random">) {
  return (error: unknown, http: Context): Response => {
    const problem = problemOf(error);
    if (problem) return answerProblem(http, bodyOf(problem));
    const reference = context.random(6).toString("hex");
    context.log.error({ reference, ...describe(error) }, "request failed");
    return answerProblem(http, {
      code: "internal",
      message: `Something went wrong here. If it happens again, tell your operator this number: ${reference}`,
    });
  };
}

function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (isDisconnect(error))
    return new Problem("unavailable", "The database cannot be reached. Try again in a moment.", {
      retryAfter: 5,
    });
  if (isClash(error))
    return new Problem("conflict", "Somebody changed the same thing just now. Try again.");
  return undefined;
}

function bodyOf(problem: Problem): ProblemBody {
  return {
    code: problem.code,
    message: problem.message,
    ...(problem.refusals && { refusals: problem.refusals }),
    ...(problem.retryAfter !== undefined && { retryAfter: problem.retryAfter }),
  };
}

/** Where an error happened. Its message may quote what somebody sent or stored, so it stays out of the log. */
function describe(error: unknown) {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? "").split("\n").filter((line) => line.startsWith("    at "));
  const code = z.object({ code: z.string() }).safeParse(error);
  return {
    error: error.name,
    ...(code.success && { code: code.data.code }),
    ...(error instanceof z.ZodError && {
      issues: error.issues.map((issue) => `${issue.code} at ${issue.path.join(".")}`).slice(0, 10),
    }),
    at: frames.slice(0, 8).map((line) => line.trim()),
  };
}
