import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { refuseWith } from "./refusal.ts";

const MAX_BYTES = 64 * 1024;

const countWhileReading = bodyLimit({ maxSize: MAX_BYTES, onError: refuseLong });

function refuseLong(http: Context): Response {
  // The rest of it is not read, so the connection cannot go on.
  http.header("Connection", "close");
  return refuseWith(http, "too-large");
}

/**
 * Refuses what is too long, before any of it is read where its length is announced: Node holds the sender to that.
 * Counting while reading costs a stream and its garbage, so only a body of unknown length is counted.
 */
export const limitBody: MiddlewareHandler = async (http, next) => {
  const announced = http.req.header("content-length");
  if (announced === undefined) return await countWhileReading(http, next);
  return Number(announced) > MAX_BYTES ? refuseLong(http) : await next();
};
