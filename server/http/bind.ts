import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { z } from "zod";
import type { Caller, Endpoint } from "#schema/endpoint";
import { Problem, refusalsOf } from "#schema/problem";
import { readSession, type Session } from "#server/access/session";
import type { HttpContext } from "./context.ts";
import { checkOrigin } from "./origin-check.ts";

const MAX_BYTES = 64 * 1024;

/** One call of an endpoint: its parsed input and who calls; `session` is null where anyone may call. */
interface Call<Input> {
  input: Input;
  session: Session | null;
  http: Context;
}

/** Serves an endpoint of the table: everything but the work itself is the same for all of them. */
export type Bind = <Input extends z.ZodType, Output extends z.ZodType>(
  endpoint: Endpoint<Input, Output>,
  work: (call: Call<z.output<Input>>) => Promise<z.input<Output>>,
) => void;

/** Gives the function that puts endpoints onto an app: who may call, what comes in, what goes out. */
export function createBind(app: Hono, context: HttpContext): Bind {
  return (endpoint, work) => {
    const limit = bodyLimit({
      maxSize: endpoint.maxBytes ?? MAX_BYTES,
      onError: () => {
        throw new Problem("too_large", "This is more than this address takes at once.");
      },
    });
    app.on(endpoint.method, endpoint.path, async (http) => {
      http.header("Cache-Control", "no-store");
      if (endpoint.method !== "GET") checkOrigin(http.req.raw.headers, context.origins);
      const session = await admit(endpoint.who, context, http);
      const received =
        endpoint.method === "GET" ? queryOf(http) : await readBody(http, () => limit(http, pass));
      const input = endpoint.input.safeParse(received);
      if (!input.success)
        throw new Problem("bad_input", "Some of this is not as it should be.", {
          refusals: refusalsOf(input.error),
        });
      const output = await work({ input: input.data, session, http });
      return http.json(endpoint.output.parse(output));
    });
  };
}

/** The session of a call that only a signed-in account can make. */
export function sessionOf(call: { session: Session | null }): Session {
  if (!call.session) throw new Problem("not_signed_in", "Sign in first.");
  return call.session;
}

/** The person of a call that only a technician can make. */
export function personOf(call: { session: Session | null }): string {
  const { person } = sessionOf(call);
  if (person === null) throw new Problem("forbidden", "Your role does not open this.");
  return person;
}

async function admit(who: Caller, context: HttpContext, http: Context): Promise<Session | null> {
  if (who === "anyone" || who === "token") return null;
  const session = await readSession(context, http.req.header("cookie"));
  if (!session) throw new Problem("not_signed_in", "Sign in first.");
  if (who !== "signed-in" && !who.includes(session.account.role))
    throw new Problem("forbidden", "Your role does not open this.");
  return session;
}

/** One value per name; a name given twice keeps both, and the schema says what it thinks of that. */
function queryOf(http: Context): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(http.req.queries()).map(([name, values]) => [
      name,
      values.length === 1 ? (values[0] ?? "") : values,
    ]),
  );
}

async function readBody(http: Context, checkSize: () => Promise<unknown>): Promise<unknown> {
  // Forms of other sites can send text or form fields, JSON they cannot.
  const type = (http.req.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json")
    throw new Problem("unsupported_media_type", "Send this as application/json.");
  await checkSize();
  try {
    return await http.req.json();
  } catch {
    throw new Problem("bad_input", "This is not valid JSON.");
  }
}

async function pass(): Promise<void> {}
