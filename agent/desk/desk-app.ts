import { type Context, Hono } from "hono";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import { type Reply, type Request, request as requestSchema } from "../control/messages.ts";
import { type Admitted, createAdmission } from "./admission.ts";
import type { Asking } from "./asking.ts";
import { createBrake } from "./brake.ts";
import { guardDesk, takeJson } from "./guard.ts";
import { limitCommand } from "./limit-command.ts";
import { securePage, servePage } from "./page-files.ts";
import { refuseWith } from "./refusal.ts";
import type { Sessions } from "./sessions.ts";

export interface DeskParts {
  /** The port listened at, known once it is. */
  port: () => number;
  token: string;
  sessions: Sessions;
  asking: Asking;
  /** Does a command of the person, as for the command line. */
  handle: (request: Request) => Promise<Reply> | Reply;
  /** Takes what a telephone system or a customer file says of its state. */
  takeFeed: (body: unknown) => Promise<Reply> | Reply;
  /** The folder of the built page. */
  page: string;
  clock: Clock;
  /** Told of failures; never of what was asked. */
  say: (line: string) => void;
}

const ticketBody = z.strictObject({ ticket: z.string().max(100) });

/** The desk's HTTP: who is let in, what can be asked, and the page. */
export function createDeskApp(parts: DeskParts): Hono<Admitted> {
  const { sessions, port, token } = parts;
  const app = new Hono<Admitted>();
  const brake = createBrake(parts.clock);
  const admission = createAdmission({ token, sessions, brake, port });

  app.use(securePage);
  app.use(guardDesk(port));
  app.onError((error, http) => {
    // Only what kind of failure it was: a message may quote what was asked.
    parts.say(`The desk page could not be answered (${error.name}).`);
    return refuseWith(http, "failed");
  });

  app.get("/api/alive", (http) => http.json({ etabli: true }));

  app.post("/api/session", takeJson, limitCommand, async (http) => {
    const body = ticketBody.safeParse(await readJson(http));
    if (!body.success) return refuseWith(http, "bad-request");
    const secrets = await brake(() => sessions.redeem(body.data.ticket));
    if (secrets === "busy") return refuseWith(http, "wait");
    if (secrets === null) return refuseWith(http, "ticket-spent");
    admission.giveCookie(http, secrets);
    return http.json({ ok: true, key: secrets.key });
  });

  app.post("/api/command", takeJson, admission.admit, limitCommand, async (http) => {
    const asked = requestSchema.safeParse(await readJson(http));
    if (!asked.success) return refuseWith(http, "bad-request");
    const { command } = asked.data;
    const session = http.get("session");
    // A page that is open cannot prolong itself: a new ticket is for whoever has the machine's command line.
    if (command === "desk" && session !== null) return refuseWith(http, "bad-request");
    const reply = await parts.asking.during(session, () => parts.handle(asked.data));
    // Whoever comes next to a shared machine finds no page of the one before still open.
    if (reply.ok && (command === "signin" || command === "signout")) sessions.endAllBut(session);
    return http.json(reply);
  });

  app.post("/api/feed", takeJson, admission.admit, limitCommand, async (http) => {
    const body = await readJson(http);
    if (body === undefined) return refuseWith(http, "bad-request");
    const reply = await parts.takeFeed(body);
    return http.json(reply, reply.ok ? 202 : 400);
  });

  app.all("/api/*", (http) => refuseWith(http, "not-found"));
  servePage(app, parts.page);
  return app;
}

/** The body, or undefined when it is not JSON. */
async function readJson(http: Context): Promise<unknown> {
  try {
    return await http.req.json();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
