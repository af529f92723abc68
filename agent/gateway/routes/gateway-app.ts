import { Hono } from "hono";
import { AGENT_VERSION } from "../../version.ts";
import { guardLoopback } from "../guard.ts";
import type { Writer } from "../keep-written.ts";
import type { RedactedData } from "../redacted-data.ts";
import { Refusal } from "../refusal.ts";
import type { Taking } from "../take-events.ts";
import { serveBuckets } from "./buckets.ts";
import { serveEvents } from "./events.ts";
import { serveQuery } from "./query.ts";
import { serveSettings } from "./settings.ts";
import { serveTransfer } from "./transfer.ts";

export interface GatewayContext {
  taking: Taking;
  writer: Writer;
  /** As in `takeExport`. */
  restore: (type: string, data: unknown) => RedactedData;
  hostname: string;
  port: () => number;
  say: (line: string) => void;
}

/** The REST API v0 of ActivityWatch, with and without a slash at the end of each path. */
export function makeGatewayApp(context: GatewayContext): Hono {
  const app = new Hono({ strict: false });
  app.use(guardLoopback(context.port));
  app.use(async (http, next) => {
    http.header("Cache-Control", "no-store");
    await next();
    context.writer.touch();
  });
  app.get("/api/0/info", (http) =>
    http.json({
      hostname: context.hostname,
      version: `v${AGENT_VERSION} (etabli)`,
      testing: false,
      device_id: context.taking.buckets.device,
    }),
  );
  serveTransfer(app, context);
  serveBuckets(app, context);
  serveEvents(app, context);
  serveQuery(app, context);
  serveSettings(app);
  app.notFound((http) => http.json({ message: "There is no such address." }, 404));
  app.onError((error, http) => {
    // The rest of a body that is too long is not read, so the connection cannot go on.
    if (error instanceof Refusal && error.status === 413) http.header("Connection", "close");
    if (error instanceof Refusal) return http.json({ message: error.message }, error.status);
    // Its name only: the message of a fault might quote what a watcher sent.
    context.say(`The ActivityWatch gateway could not serve a request (${error.name}).`);
    return http.json({ message: "Something went wrong here. Nothing was kept of it." }, 500);
  });
  return app;
}
