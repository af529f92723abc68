import { type ProblemBody, type ProblemCode, problem } from "#schema/problem";

/** What a call failed with: the server's own problem, or `unreachable` when no answer came, `unreadable` when it made no sense. */
export class CallError extends Error {
  readonly code: ProblemCode | "unreachable" | "unreadable";
  readonly refusals: ProblemBody["refusals"];
  readonly retryAfter: number | undefined;

  constructor(code: CallError["code"], message: string, body?: ProblemBody) {
    super(message);
    this.name = "CallError";
    this.code = code;
    this.refusals = body?.refusals;
    this.retryAfter = body?.retryAfter;
  }
}

/** The error a refused reply stands for; a body that is no problem of ours says so. */
export function readProblem(status: number, body: unknown): CallError {
  const parsed = problem.safeParse(body);
  if (!parsed.success) return new CallError("unreadable", `unexpected reply with status ${status}`);
  return new CallError(parsed.data.code, parsed.data.message, parsed.data);
}

/** Whether trying the same again may help. */
export function mayRetry(error: unknown): boolean {
  if (!(error instanceof CallError)) return false;
  return ["unreachable", "unavailable", "internal"].includes(error.code);
}
