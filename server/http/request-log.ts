import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import type { Logger } from "pino";

/** Logs each answer by method, route pattern, status and duration: never who, from where, or the address asked for. */
export function logRequests(log: Logger): MiddlewareHandler {
  return async (http, next) => {
    const begun = performance.now();
    await next();
    log.info(
      {
        method: http.req.method,
        route: routePath(http, -1),
        status: http.res.status,
        ms: Math.round(performance.now() - begun),
      },
      "answered",
    );
  };
}
