import type { Context } from "hono";
import { limitBody } from "../limit-body.ts";
import { refuseWith } from "./refusal.ts";

const MAX_BYTES = 64 * 1024;

function refuseLong(http: Context): Response {
  // The rest of it is not read, so the connection cannot go on.
  http.header("Connection", "close");
  return refuseWith(http, "too-large");
}

/** Refuses what is longer than any command. */
export const limitCommand = limitBody(MAX_BYTES, refuseLong);
