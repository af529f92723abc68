import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";

/**
 * Refuses what is too long, before any of it is read where its length is announced: Node holds the sender to that.
 * Counting while reading costs a stream and its garbage, so only a body of unknown length is counted.
 * @param refuse answers, or throws
 */
export function limitBody(maxSize: number, refuse: (http: Context) => Response): MiddlewareHandler {
  const countWhileReading = bodyLimit({ maxSize, onError: refuse });
  return async (http, next) => {
    const announced = http.req.header("content-length");
    if (announced === undefined) return await countWhileReading(http, next);
    return Number(announced) > maxSize ? refuse(http) : await next();
  };
}
