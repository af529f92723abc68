import type { Hono } from "hono";
import { takeExport, writeExport } from "../transfer.ts";
import { wireExport } from "../wire.ts";
import type { GatewayContext } from "./gateway-app.ts";
import { findBucket, readBody } from "./read-request.ts";
import { sendPieces } from "./send-pieces.ts";

/** About a month of a busy desk. */
const MAX_IMPORT_BYTES = 8 * 1024 * 1024;

/** Export of one bucket and of all, and import. */
export function serveTransfer(app: Hono, { taking, restore }: GatewayContext): void {
  const { buckets, now } = taking;

  app.get("/api/0/buckets/:bucket/export", (http) => {
    const bucket = findBucket(http, buckets);
    http.header("Content-Disposition", 'attachment; filename="aw-bucket-export.json"');
    return sendPieces(http, writeExport([bucket], now()));
  });

  app.get("/api/0/export", (http) => {
    http.header("Content-Disposition", 'attachment; filename="aw-buckets-export.json"');
    return sendPieces(http, writeExport(buckets.all(), now()));
  });

  app.post("/api/0/import", async (http) => {
    const { buckets: exported } = await readBody(http, wireExport, MAX_IMPORT_BYTES);
    takeExport(taking, restore, exported);
    return http.json({});
  });
}
