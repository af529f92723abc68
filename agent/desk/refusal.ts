import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Reply } from "../control/messages.ts";

type Refused = Extract<Reply, { ok: false }>;

/** What the desk itself refuses, before the agent is asked: the page's key for its words, and the words in English. */
const refusals = {
  "wrong-address": [421, "This page is only at the address that `etabli status` names."],
  "other-page": [403, "This was asked by a page that is not the agent's own."],
  locked: [401, "This is locked. Open it with: etabli desk"],
  "wrong-token": [401, "That token does not open this. It is in the file desk-token."],
  "ticket-spent": [401, "That link was used already, or is older than two minutes: etabli desk"],
  wait: [429, "Too many wrong attempts just now. Wait a moment."],
  "not-json": [415, "Send this as application/json."],
  "too-large": [413, "This is more than the agent takes at once."],
  "bad-request": [400, "That was not something this agent can be asked."],
  "not-found": [404, "There is nothing at this address."],
  failed: [500, "The agent failed at this. Try again; what it keeps is not touched by that."],
} as const satisfies Record<string, readonly [ContentfulStatusCode, string]>;
export type RefusalCode = keyof typeof refusals;

/** An answer that says no, in the form of every other answer of the agent. */
export function refuseWith(http: Context, code: RefusalCode): Response {
  const [status, message] = refusals[code];
  return http.json({ ok: false, code, message } satisfies Refused, status);
}
