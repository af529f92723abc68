import type { Hono } from "hono";
import { describeBucket } from "../bucket.ts";
import { MAX_BUCKETS } from "../buckets.ts";
import { Refusal } from "../refusal.ts";
import { lookAtRecording } from "../take-events.ts";
import { wireBucket } from "../wire.ts";
import type { GatewayContext } from "./gateway-app.ts";
import { findBucket, readBody, readBucketId } from "./read-request.ts";

/** What a watcher says that does not know the name of its machine. */
const LOCAL = "!local";

/** Buckets: listed, made, deleted. */
export function serveBuckets(app: Hono, { taking, hostname }: GatewayContext): void {
  const { buckets, now } = taking;

  app.get("/api/0/buckets", (http) =>
    http.json(
      Object.fromEntries(
        buckets.all().map((bucket) => [bucket.record.id, describeBucket(bucket, now())]),
      ),
    ),
  );

  app.get("/api/0/buckets/:bucket", (http) =>
    http.json(describeBucket(findBucket(http, buckets), now())),
  );

  app.post("/api/0/buckets/:bucket", async (http) => {
    const id = readBucketId(http);
    const { type, client, data, ...body } = await readBody(http, wireBucket);
    if (buckets.find(id)) return http.body(null, 304);
    if (buckets.all().length >= MAX_BUCKETS)
      throw new Refusal(400, "There are too many buckets. Delete some first.");
    const isLocal = body.hostname === LOCAL;
    buckets.make({
      id,
      type,
      client,
      hostname: isLocal ? hostname : body.hostname,
      // Made while nothing is recorded: that moment is nobody's business.
      created: lookAtRecording(taking, type) === null ? null : now(),
      device: isLocal ? buckets.device : (data.device_id ?? null),
    });
    return http.json({});
  });

  app.delete("/api/0/buckets/:bucket", (http) => {
    buckets.remove(findBucket(http, buckets));
    return http.json({});
  });
}
