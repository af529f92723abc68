import type { Context, MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import type { Logger } from "pino";

/** Logs each answer by method, route pattern, status and duration: never who, from where, or the address asked for. */
export function logRequests(log: Logger): MiddlewareHandler {
  return async (http, next) => {
    const begun = performance.now();
    await next();
    log.info(
      {
        method: http.req.method,
        route: patternOf(http),
        status: http.res.status,
        ms: Math.round(performance.now() - begun),
      },
      "answered",
    );
  };
}

function patternOf(http: Context): string {
  const patterns = matchedRoutes(http).map((route) => route.path);
  return patterns.find((pattern) => !pattern.endsWith("*")) ?? patterns.at(-1) ?? "";
}
