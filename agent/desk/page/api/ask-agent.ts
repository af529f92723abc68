import { z } from "zod";
import { type Reply, type Request, reply as replySchema } from "#agent/control/messages";

const TIMEOUT_MS = 15_000;
/** The other half of the session: the cookie goes to every port of this machine, this to the agent's alone. */
const KEY = "etabli.desk-key";
const KEY_HEADER = "x-etabli-desk";

/** This browser is not let in, or no longer. */
export class LockedError extends Error {
  override name = "LockedError";
}

/**
 * Asks the agent, and gives its answer; also when it cannot be reached or read, as a refusal.
 * @throws LockedError
 */
export async function askAgent(request: Request, timeout = TIMEOUT_MS): Promise<Reply> {
  const response = await send("api/command", request, timeout);
  if (response === null) return refusal("unreachable");
  if (response.status === 401) throw new LockedError();
  const reply = replySchema.safeParse(await readJson(response));
  return reply.success ? reply.data : refusal("unreadable");
}

const opened = z.object({ ok: z.literal(true), key: z.string() });
const refused = z.object({ ok: z.literal(false), code: z.string() });

/** Shows the agent the one-time ticket that opened this page. @returns the code of what went wrong, or null */
export async function enterWith(ticket: string): Promise<string | null> {
  const response = await send("api/session", { ticket }, TIMEOUT_MS);
  if (response === null) return "unreachable";
  const body = await readJson(response);
  const session = opened.safeParse(body);
  if (!session.success) return refused.safeParse(body).data?.code ?? "unreadable";
  keepKey(session.data.key);
  return null;
}

/** The answer, or null when there is none. */
async function send(path: string, body: object, timeout: number): Promise<Response | null> {
  try {
    return await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json", [KEY_HEADER]: readKey() },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeout),
    });
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException) return null;
    throw error;
  }
}

/** The body, or undefined when it is not JSON. */
async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError || error instanceof DOMException)
      return undefined;
    throw error;
  }
}

function refusal(code: "unreachable" | "unreadable"): Reply {
  const message =
    code === "unreachable"
      ? "The agent does not answer."
      : "The agent's answer could not be read. Load this page again.";
  return { ok: false, code, message };
}

// Where storage is switched off, the key lives as long as the page.
let keyOfThisPage = "";

function keepKey(key: string): void {
  keyOfThisPage = key;
  try {
    localStorage.setItem(KEY, key);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

/** The stored one first: another page of this browser may have come in anew since. */
function readKey(): string {
  try {
    return localStorage.getItem(KEY) ?? keyOfThisPage;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return keyOfThisPage;
  }
}
