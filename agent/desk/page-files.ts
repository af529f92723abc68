import { existsSync } from "node:fs";
import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import type { Hono, MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { Admitted } from "./admission.ts";
import { refuseWith } from "./refusal.ts";

/** The page runs its own files and nothing else, talks to its own address, and stands in no frame. */
export const securePage: MiddlewareHandler = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    objectSrc: ["'none'"],
    frameAncestors: ["'none'"],
    formAction: ["'none'"],
  },
  strictTransportSecurity: false,
  xFrameOptions: "DENY",
  referrerPolicy: "no-referrer",
  crossOriginOpenerPolicy: "same-origin",
  crossOriginResourcePolicy: "same-origin",
  permissionsPolicy: { camera: false, microphone: false, geolocation: false, usb: false },
});

/** Serves the built page: its hashed files for as long as the browser likes, the page itself afresh. */
export function servePage(app: Hono<Admitted>, folder: string): void {
  const page = join(folder, "index.html");
  app.notFound((http) => refuseWith(http, "not-found"));
  if (!existsSync(page)) {
    const missing = "The page's files are missing. Run `npm run build`, then start again.\n";
    app.get("/", (http) => http.text(missing, 503));
    return;
  }
  app.get("*", async (http, next) => {
    await next();
    const how = http.req.path.startsWith("/assets/")
      ? "private, max-age=31536000, immutable"
      : "no-cache";
    if (http.res.ok) http.res.headers.set("Cache-Control", how);
  });
  app.get("/", serveStatic({ path: page }));
  app.get("*", serveStatic({ root: folder }));
}
