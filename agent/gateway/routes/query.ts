import type { Hono } from "hono";
import { parseQuery } from "../query/parse-query.ts";
import { runQuery } from "../query/run-query.ts";
import { wireQuery } from "../wire.ts";
import type { GatewayContext } from "./gateway-app.ts";
import { readBody } from "./read-request.ts";

/** Queries over the events kept here: one result for each period. */
export function serveQuery(app: Hono, { taking }: GatewayContext): void {
  app.post("/api/0/query", async (http) => {
    const { timeperiods, query } = await readBody(http, wireQuery);
    const statements = parseQuery(query);
    const { buckets } = taking;
    return http.json(timeperiods.map((period) => runQuery(statements, { buckets, period })));
  });
}
