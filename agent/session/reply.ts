import type { Reply } from "../control/messages.ts";

/** It was done; `code` is the page's key for its own words. */
export function done(code: string, message: string): Extract<Reply, { ok: true }> {
  return { ok: true, code, message };
}

/** It was not done, and nothing has changed. */
export function refuse(code: string, message: string): Extract<Reply, { ok: false }> {
  return { ok: false, code, message };
}
