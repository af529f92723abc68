import type { Context, MiddlewareHandler } from "hono";
import { Refusal } from "./refusal.ts";

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

/** Browser extensions that are watchers: every one of Firefox, where ids differ by profile, and ActivityWatch's own. */
const extensions =
  /^(moz-extension:\/\/[0-9a-z-]+|chrome-extension:\/\/nglaklhklhcoonedhgnpgddginnjdadi)$/i;

/**
 * Serves programs of this machine and the browser's watchers, and no web page: the Host header must name this machine
 * and port (a page that had its name resolve to 127.0.0.1 sends its own name), and an Origin must be one of those
 * extensions or this address itself.
 * @param port the port that is listened on
 */
export function guardLoopback(port: () => number): MiddlewareHandler {
  return async (http, next) => {
    const hosts = LOOPBACK.map((name) => `${name}:${port()}`);
    if (!hosts.includes((http.req.header("host") ?? "").toLowerCase()))
      throw new Refusal(403, "The Host header does not name this machine and port.");
    const origin = http.req.header("origin");
    if (origin === undefined) {
      await next();
      return;
    }
    const isExtension = extensions.test(origin);
    if (!isExtension && !hosts.includes(origin.toLowerCase().replace(/^http:\/\//, "")))
      throw new Refusal(403, "Web pages are not served here.");
    // Before the answer is made: changing one afterwards costs a copy of it.
    if (isExtension) allow(http, origin);
    if (http.req.method === "OPTIONS") return http.body(null, 204);
    await next();
  };
}

function allow(http: Context, origin: string): void {
  http.header("Access-Control-Allow-Origin", origin);
  http.header("Vary", "Origin");
  http.header("Access-Control-Allow-Methods", "GET, POST, DELETE");
  http.header("Access-Control-Allow-Headers", "content-type, authorization");
  if (http.req.header("access-control-request-private-network") === "true")
    http.header("Access-Control-Allow-Private-Network", "true");
}
