import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import type { Hono, MiddlewareHandler } from "hono";
import { Problem } from "#schema/problem";

/** Serves the built dashboard: its hashed files for ever, its page afresh, and the page for every other address. */
export function serveDashboard(app: Hono, folder: string | null): void {
  const missing = () => {
    throw new Problem("not_found", "There is nothing at this address.");
  };
  app.notFound(missing);
  for (const path of ["/api/*", "/live/*"]) app.all(path, missing);
  if (folder === null) {
    app.get("*", (http) =>
      http.text("The dashboard has not been built. Run `npm run build`, then start again.\n", 503),
    );
    return;
  }
  app.get(
    "/assets/*",
    cached("public, max-age=31536000, immutable"),
    serveStatic({ root: folder }),
  );
  app.get("/assets/*", missing);
  const page = serveStatic({ path: join(folder, "index.html") });
  app.get("*", cached("no-cache"), serveStatic({ root: folder }), page);
}

function cached(how: string): MiddlewareHandler {
  return async (http, next) => {
    await next();
    if (http.res.ok) http.res.headers.set("Cache-Control", how);
  };
}
