import type { MiddlewareHandler } from "hono";
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
    if (origin === undefined) return await next();
    const isExtension = extensions.test(origin);
    if (!isExtension && !hosts.includes(origin.toLowerCase().replace(/^http:\/\//, "")))
      throw new Refusal(403, "Web pages are not served here.");
    if (http.req.method === "OPTIONS") http.res = new Response(null, { status: 204 });
    else await next();
    if (isExtension) allow(http.res.headers, origin, http.req.header.bind(http.req));
  };
}

function allow(
  headers: Headers,
  origin: string,
  asked: (name: string) => string | undefined,
): void {
  headers.set("Access-Control-Allow-Origin", origin);
  headers.set("Vary", "Origin");
  headers.set("Access-Control-Allow-Methods", "GET, POST, DELETE");
  headers.set("Access-Control-Allow-Headers", "content-type, authorization");
  if (asked("access-control-request-private-network") === "true")
    headers.set("Access-Control-Allow-Private-Network", "true");
}
