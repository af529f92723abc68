import type { MiddlewareHandler } from "hono";
import { refuseWith } from "./refusal.ts";

/**
 * Keeps other pages out. A name of another site that resolves to 127.0.0.1 is refused by its Host; a call from another
 * page by Origin and Sec-Fetch-Site, which pages cannot write. A link may lead to the page itself, which holds no data.
 * @param port the one listened at, asked for at each request
 */
export function guardDesk(port: () => number): MiddlewareHandler {
  return async (http, next) => {
    http.header("Cache-Control", "no-store");
    const host = http.req.header("host") ?? "";
    if (host !== `127.0.0.1:${port()}` && host !== `localhost:${port()}`)
      return refuseWith(http, "wrong-address");
    const origin = http.req.header("origin");
    if (origin !== undefined && origin !== `http://${host}`) return refuseWith(http, "other-page");
    const site = http.req.header("sec-fetch-site") ?? "same-origin";
    const isRead = http.req.method === "GET";
    const isLinkHere =
      isRead && http.req.path === "/" && http.req.header("sec-fetch-mode") === "navigate";
    if (site !== "same-origin" && !(site === "none" && isRead) && !isLinkHere)
      return refuseWith(http, "other-page");
    return await next();
  };
}

/** Takes JSON alone: forms of other pages can send text or form fields, JSON they cannot. */
export const takeJson: MiddlewareHandler = async (http, next) => {
  const type = (http.req.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  return type === "application/json" ? await next() : refuseWith(http, "not-json");
};
